import { readFile } from 'node:fs/promises'
import { root } from '#ground/config/root.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { takeIn } from '#hazards/proposals/index.ts'

const folder = new URL('tests/telegrams/', root)

/** The project's own telegrams that a demo can play, in the order in which they tell their story. */
export const playable = [
  'vxse51-tokyo-exercise.xml',
  'vxse51-tokyo.xml',
  'vtse41-tokyo.xml',
  'vxse53-tokyo.xml',
  'vtse41-tokyo-lifted.xml',
  'vxse53-tokyo-corrected.xml',
  'vyse50-warning.xml',
  'vpww54-tokyo.xml',
  'vfvo56-fuji.xml',
] as const
export type Playable = (typeof playable)[number]

/** The quake began this long before its first telegram is played. */
const began_minutes = 8
/** Telegrams of one story played within this time belong to one event. */
const story_hours = 3
const quake_origin = new Date('2006-10-16T10:12:30+09:00')

/** Takes in one of the project's own telegrams as if it had just come: its times, and the event's own number, are moved to now. */
export async function playTelegram(tools: Tools, by: Person, name: Playable) {
  must(by, 'telegram.ingest')
  const text = await readFile(new URL(name, folder), 'utf8')
  const shift_ms = await shiftFor(tools, name, text)
  return takeIn(tools, by, `demo:${name}@${shift_ms}`, new TextEncoder().encode(moved(text, shift_ms)))
}

/** The telegrams of one quake are moved alike, so that a correction finds what it corrects. */
async function shiftFor({ db, clock }: Tools, name: Playable, text: string): Promise<number> {
  const now = clock().getTime()
  const is_quake = /-tokyo/.test(name) && !name.startsWith('vpww')
  if (is_quake) {
    const last = await db
      .selectFrom('telegram')
      .select('source')
      .where('source', 'like', 'demo:v%se%-tokyo%')
      .where('received_at', '>', new Date(now - story_hours * 3_600_000))
      .orderBy('received_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    const known = Number(last?.source.split('@')[1])
    if (Number.isFinite(known)) return known
  }
  const anchor = is_quake ? quake_origin : new Date(/<DateTime>([^<]+)/.exec(text)?.[1] ?? quake_origin)
  const ago_ms = is_quake ? began_minutes * 60_000 : 0
  // Whole minutes, so that the seconds of the story stay as written.
  return Math.floor((now - ago_ms - anchor.getTime()) / 60_000) * 60_000
}

const full = '０１２３４５６７８９'
const narrow = (digits: string) => digits.replace(/[０-９]/g, (digit) => String(full.indexOf(digit)))
const wide = (figure: number) => String(figure).replace(/\d/g, (digit) => full[Number(digit)] ?? digit)

/** Every moment in a telegram, in its fields, its event numbers and its sentences, moved by the same time. */
export function moved(text: string, shift_ms: number): string {
  const civil = (at: number) => new Date(at + shift_ms + 9 * 3_600_000).toISOString().slice(0, 19)
  const [year, month] = /<ReportDateTime>(\d{4})-(\d\d)/.exec(text)?.slice(1) ?? []
  return (
    text
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+09:00)/g, (moment, zone: string) => {
        const at = new Date(moment).getTime()
        return zone === 'Z' ? `${new Date(at + shift_ms).toISOString().slice(0, 19)}Z` : `${civil(at)}+09:00`
      })
      // An event number may go on after an underscore: 20061204132200_314.
      .replace(/(?<!\d)(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?!\d)/g, (_all, ...parts: string[]) => {
        const [y, mo, d, h, mi, s] = parts
        return civil(new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}+09:00`).getTime()).replace(/\D/g, '')
      })
      .replace(/([０-９]+)日([０-９]+)時([０-９]+)分/g, (words: string, day: string, hour: string, minute: string) => {
        const two = (digits: string) => narrow(digits).padStart(2, '0')
        const at = new Date(`${year}-${month}-${two(day)}T${two(hour)}:${two(minute)}:00+09:00`).getTime()
        if (Number.isNaN(at)) return words
        const [, , d, h, mi] = civil(at).split(/\D/).map(Number)
        return `${wide(d ?? 0)}日${wide(h ?? 0)}時${wide(mi ?? 0).padStart(2, '０')}分`
      })
  )
}
