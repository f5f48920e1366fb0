import type { ReactNode } from 'react'
import { Chip, Chips, type Look } from '#ground/html/chip.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Age, Time } from '#ground/html/time.tsx'
import { type Last, LastSaid } from '#ground/market/last-said.tsx'
import { functionCodes, markets, statusWords } from '#ground/market/words.ts'
import { type State, worstFirst } from '#status/reports/index.ts'
import { type Board, type Cell, views } from './board.ts'
import { addressOf } from './board-address.ts'
import { type BcpColumn, bcpColumns } from './row.ts'

const texts = inBoth({
  ja: {
    views: '機関の状況',
    view: '区分',
    reported: '報告済み',
    of: (done: number, all: number) => `${done} / ${all}機関`,
    unasked: (count: number) => `ほかに照会していない${count}機関が報告`,
    operating: '業務の状況',
    bcp: 'BCPの発動状況',
    command_centres: '自機関の対策本部を設置',
    institutions: (count: number) => `${count}機関`,
    matrix: '市場ごとの業務の状況（機関数）',
    market: '市場',
    nobody: '該当する機関なし',
    reports: '報告',
    to: '〜',
    since: (time: ReactNode) => <>{time}から不明</>,
  },
  en: {
    views: 'Institutions',
    view: 'View',
    reported: 'Reported',
    of: (done: number, all: number) => `${done} of ${all}`,
    unasked: (count: number) => `and ${count} not asked`,
    operating: 'Operating status',
    bcp: 'BCP activation',
    command_centres: 'Own command centres set up',
    institutions: (count: number) => `${count} institution${count === 1 ? '' : 's'}`,
    matrix: 'Functions by market (number of institutions)',
    market: 'Market',
    nobody: 'No such institution',
    reports: 'Reports',
    to: ' – ',
    since: (time: ReactNode) => <>Unknown since {time}</>,
  },
})

/** The picture of a state of a continuity plan. Activation is an act, not a trouble. */
export const bcpLooks: Record<BcpColumn, Look> = {
  not_activated: 'none',
  preparing: 'waiting',
  activated: 'sending',
  lifted: 'resumed',
  unknown: 'unknown',
  not_reported: 'not_reported',
  not_asked: 'not_asked',
}

export function useStateWords() {
  const words = useTexts(statusWords)
  const { not_reported, not_asked, no_functions } = words
  return {
    words,
    states: { ...words.conditions, not_reported, not_asked, no_functions } satisfies Record<State, string>,
    bcp: { ...words.bcp, unknown: words.conditions.unknown, not_reported, not_asked } satisfies Record<
      BcpColumn,
      string
    >,
  }
}

/** Operating status and BCP activation in the two views; each count leads to the institutions it counts. */
export function ViewTable({ board, path, linked }: { board: Board; path: string; linked: boolean }) {
  const t = useTexts(texts)
  const { words, states, bcp } = useStateWords()
  return (
    <DataTable
      caption={t.views}
      rows={views.map((view) => board.views[view])}
      rowKey={({ view }) => view}
      columns={[
        { head: t.view, cell: ({ view }) => words.views[view] },
        {
          head: t.reported,
          cell: ({ tally }) => (
            <>
              {tally.asked > 0 ? t.of(tally.reported, tally.asked) : words.not_asked}
              {tally.unasked > 0 && <p className="dads-note">{t.unasked(tally.unasked)}</p>}
            </>
          ),
        },
        {
          head: t.operating,
          cell: ({ view, overall }) => (
            <Chips>
              {seldom(worstFirst, overall).map((state) => (
                <Linked key={state} href={linked && overall[state] > 0 ? addressOf(path, { view, state }) : null}>
                  <Chip look={state} count={overall[state]}>
                    {states[state]}
                  </Chip>
                </Linked>
              ))}
            </Chips>
          ),
        },
        {
          head: t.bcp,
          cell: ({ view, bcp: counts }) => (
            <Chips>
              {seldom(bcpColumns, counts).map((column) => (
                <Linked
                  key={column}
                  href={linked && counts[column] > 0 ? addressOf(path, { view, bcp: column }) : null}
                >
                  <Chip look={bcpLooks[column]} count={counts[column]}>
                    {bcp[column]}
                  </Chip>
                </Linked>
              ))}
            </Chips>
          ),
        },
        { head: t.command_centres, cell: ({ command_centres }) => t.institutions(command_centres) },
      ]}
    />
  )
}

/** Nobody is not asked as a rule, and hardly anybody has no functions: that stands there only when it is so. */
const seldom = <Name extends string>(names: readonly Name[], counts: Record<Name, number>) =>
  names.filter((name) => (name !== 'not_asked' && name !== 'no_functions') || counts[name] > 0)

const Linked = ({ href, children }: { href: string | null; children: ReactNode }) =>
  href ? <a href={href}>{children}</a> : children

/** Market × function (N-1): who stands how, how many have not reported, whose word it is and how old. */
export function MarketTable({ board }: { board: Board }) {
  const t = useTexts(texts)
  const { words } = useStateWords()
  return (
    <DataTable
      caption={t.matrix}
      rows={markets}
      rowKey={(market) => market}
      columns={[
        { head: t.market, cell: (market) => words.markets[market] },
        ...functionCodes.map((code) => ({
          head: words.functions[code],
          cell: (market: (typeof markets)[number]) => {
            const cell = board.cells.find((each) => each.market === market && each.function_code === code)
            return cell && cell.total > 0 ? <CellOf cell={cell} /> : <span className="dads-note">{t.nobody}</span>
          },
        })),
      ]}
    />
  )
}

function CellOf({ cell }: { cell: Cell }) {
  const t = useTexts(texts)
  const { language, now } = useReading()
  const { states } = useStateWords()
  const { oldest_at, newest_at, unknown_since, only } = cell
  return (
    <div>
      <Chips>
        {worstFirst
          .filter((state) => cell.counts[state] > 0)
          .map((state) => (
            <Chip key={state} look={state} count={cell.counts[state]}>
              {states[state]}
            </Chip>
          ))}
      </Chips>
      <p className="dads-note">
        {only ? named(language, only) : t.institutions(cell.total)}
        {newest_at && oldest_at && (
          <>
            <br />
            {t.reports} <Age at={newest_at} />
            {ageInMinutes(oldest_at, now) > ageInMinutes(newest_at, now) && (
              <>
                {t.to}
                <Age at={oldest_at} />
              </>
            )}
          </>
        )}
        {unknown_since && (
          <>
            <br />
            <Since at={unknown_since} last={cell.last} />
          </>
        )}
      </p>
    </div>
  )
}

const ageInMinutes = (at: Date, now: Date) => Math.floor((now.getTime() - at.getTime()) / 60_000)

/** 「14:05 JSTから不明（最後の報告：停止 13:05 JST）」 */
export const Since = ({ at, last }: { at: Date; last: Last | null }) => (
  <>
    {useTexts(texts).since(<Time at={at} />)}
    {last && <LastSaid last={last} />}
  </>
)
