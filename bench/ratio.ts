import { setTimeout as wait } from 'node:timers/promises'

/** What something of ours takes as a multiple of a peer that was measured in the same run. Only the ratio is judged. */
export type Ratio = {
  name: string
  peer: string
  ratio: number
  limit: number
  is_met: boolean
  ours_ms: number
  peer_ms: number
}
/** Something that was counted, such as what was lost; a machine that is busy changes nothing of it. */
export type Count = { name: string; count: number; limit: number; is_met: boolean }
export type Figure = Ratio | Count

type Samples = { ours: readonly number[]; peer: readonly number[] }

/**
 * Measures ours and the peer in turn, each first as often as the other, so that a busy moment of the machine meets both. Each
 * gives what it took in ms; runs below 0 warm up and are not counted.
 */
export async function inTurn(
  { runs, warm_ups }: { runs: number; warm_ups: number },
  ours: (run: number) => Promise<number>,
  peer: (run: number) => Promise<number>,
): Promise<Samples> {
  const samples = { ours: [] as number[], peer: [] as number[] }
  for (let run = -warm_ups; run < runs; run++) {
    const isOursFirst = (run + warm_ups) % 2 === 0
    const early = isOursFirst ? await ours(run) : await peer(run)
    const late = isOursFirst ? await peer(run) : await ours(run)
    if (run < 0) continue
    samples.ours.push(isOursFirst ? early : late)
    samples.peer.push(isOursFirst ? late : early)
  }
  return samples
}

/** Ours against the peer by the medians of their runs; what is printed beside divides to the ratio. */
export function ratio(what: { name: string; peer: string; limit: number }, { ours, peer }: Samples): Ratio {
  const [ours_ms, peer_ms] = [median(ours), median(peer)]
  const ratio = ours_ms / peer_ms
  return { ...what, ratio, ours_ms, peer_ms, is_met: ratio <= what.limit }
}

export const count = (name: string, count: number, limit: number): Count => ({
  name,
  count,
  limit,
  is_met: count <= limit,
})

/** The time that may be taken by what must reach this part of the peer's speed. */
export const speed = (part: number): number => 1 / part

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Asks again every few milliseconds until it holds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(20)
}

/** One line for each figure, the milliseconds beside it. */
export function table(figures: readonly Figure[]): string {
  const rows = [['', 'figure', 'ratio', 'limit', 'ours', 'peer', 'against'], ...figures.map(cells)]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const isText = (column: number) => [0, 1, 6].includes(column)
  return rows
    .map((row) =>
      row
        .map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cells(figure: Figure): string[] {
  const met = figure.is_met ? 'met' : 'MISSED'
  if ('count' in figure) return [met, figure.name, number(figure.count), `≤ ${number(figure.limit)}`, '', '', 'a count']
  const { name, ratio, limit, ours_ms, peer_ms, peer } = figure
  return [met, name, ratio.toFixed(2), `≤ ${number(limit)}`, ms(ours_ms), ms(peer_ms), peer]
}

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 })
const ms = (value: number) => `${value < 1 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`
