import type { Mode } from '#ground/db/tables.ts'
import { readBody } from './parse-body.ts'
import { childOf, codeAt, instant, namespaces, needChild, notebook, plain, textAt, timeAt } from './reading.ts'
import { quoted, Refused, type Rejection, refuse } from './rejection.ts'
import type { Telegram, TelegramCode } from './telegram.ts'
import { kindByTitle } from './titles.ts'
import { type Element, readXml } from './xml.ts'

/** Reads one telegram. Never throws on bad input: what is wrong with it is the answer. */
export function parseTelegram(bytes: Uint8Array): Telegram | { failed: Rejection } {
  try {
    return read(readXml(bytes))
  } catch (error) {
    if (error instanceof Refused) return { failed: error.rejection }
    const why = quoted(error instanceof Error ? error.message : String(error))
    return {
      failed: {
        reason: 'unreadable',
        message: { ja: `電文を読み取れません（${why}）。`, en: `The telegram cannot be read (${why}).` },
      },
    }
  }
}

const modes: Record<string, Mode> = { 通常: 'actual', 訓練: 'exercise', 試験: 'test' }
const infoKinds: Record<string, Telegram['info_kind']> = {
  発表: 'issued',
  遅延: 'issued',
  訂正: 'corrected',
  取消: 'cancelled',
}

function read(report: Element): Telegram {
  if (report.name !== 'Report' || report.namespace !== namespaces.report)
    refuse(
      'wrong_namespace',
      `気象庁の電文ではありません（ルート要素 ${quoted(report.name)}、名前空間 ${quoted(report.namespace) || 'なし'}）。`,
      `Not a telegram of the agency (root element ${quoted(report.name)}, namespace ${quoted(report.namespace) || 'none'}).`,
    )
  const control = needChild(report, 'Control', 'Control')
  const head = needChild(report, 'Head', 'Head', namespaces.head)
  const code = usedCode(textAt(control, 'Title'))
  const mode = one(modes, textAt(control, 'Status'), 'unknown_mode', 'Control/Status')
  const info = textAt(head, 'InfoType')
  const info_kind = one(infoKinds, info, 'unknown_info_kind', 'Head/InfoType')
  const { oddities, note } = notebook()
  const publishing_office = textAt(control, 'PublishingOffice').replace(/\s+/g, ' ')
  const event_ids = eventIds(head, code)
  const serial_text = codeAt(head, 'Serial')
  const serial = /^\d{1,6}$/.test(serial_text) ? Number(serial_text) : null
  if (serial === null && serial_text !== '')
    note(`情報番号「${quoted(serial_text)}」を読めません。`, `Cannot read the serial "${quoted(serial_text)}".`)
  return {
    code,
    mode,
    info_kind,
    is_late: info === '遅延',
    event_ids,
    event_key: eventKey(code, event_ids, publishing_office),
    serial,
    control_at: needTime(control, 'DateTime', 'Control/DateTime'),
    report_at: needTime(head, 'ReportDateTime', 'Head/ReportDateTime'),
    target_at: timeAt(head, 'TargetDateTime', note),
    title: textAt(head, 'Title') || textAt(control, 'Title'),
    headline: textAt(childOf(head, 'Headline'), 'Text'),
    editorial_office: textAt(control, 'EditorialOffice'),
    publishing_office,
    body: readBody(report, code, info_kind === 'cancelled', note),
    oddities,
  }
}

function usedCode(title: string): TelegramCode {
  if (title === '')
    refuse(
      'missing_element',
      '必要な要素 Control/Title がありません。',
      'The required element Control/Title is missing.',
    )
  const kind = kindByTitle(title)
  if (kind === null)
    refuse(
      'unknown_title',
      `知らない種類の電文です（「${quoted(title)}」）。`,
      `Unknown kind of telegram ("${quoted(title)}").`,
    )
  if (kind.is_used) return kind.code
  const name = `「${quoted(title)}」${kind.code ? `（${kind.code}）` : ''}`
  throw new Refused({
    reason: 'not_used',
    code: kind.code,
    title: quoted(title),
    message: {
      ja: `${name}は、このシステムでは使わない種類の電文です。`,
      en: `"${quoted(title)}"${kind.code ? ` (${kind.code})` : ''} is a kind of telegram that this portal does not use.`,
    },
  })
}

function one<T>(known: Record<string, T>, text: string, reason: 'unknown_mode' | 'unknown_info_kind', path: string): T {
  if (Object.hasOwn(known, text)) return known[text]!
  const words = Object.keys(known).join('・')
  refuse(
    reason,
    text === ''
      ? `${path} がありません（${words} のいずれか）。`
      : `${path} の値「${quoted(text)}」は ${words} のいずれでもありません。`,
    text === '' ? `${path} is missing (one of ${words}).` : `${path} is "${quoted(text)}", none of ${words}.`,
  )
}

const isWeather = (code: TelegramCode) => code === 'VPWW53' || code === 'VPWW54'

function eventIds(head: Element, code: TelegramCode): string[] {
  const ids = plain(textAt(head, 'EventID'))
    .split(/\s+/)
    .filter((id) => id !== '')
  if (isWeather(code)) return ids
  if (ids.length === 0)
    refuse(
      'missing_event_id',
      `${code} には Head/EventID（識別番号）が必要ですが、空です。`,
      `${code} needs Head/EventID, which is empty or missing.`,
    )
  const bad = ids.find((id) => !/^[0-9A-Za-z_-]{1,40}$/.test(id))
  if (bad !== undefined || ids.length > 20)
    refuse(
      'bad_value',
      `Head/EventID の値「${quoted(bad ?? ids.join(' '))}」は識別番号の形ではありません。`,
      `Head/EventID "${quoted(bad ?? ids.join(' '))}" does not have the shape of an id.`,
    )
  return ids
}

// A weather warning has no id: it is the standing state of what one office is answerable for.
// The publishing office, because editing moves to another office when one is out of action.
function eventKey(code: TelegramCode, event_ids: string[], publishing_office: string): string {
  if (isWeather(code)) {
    if (publishing_office === '')
      refuse(
        'missing_element',
        '必要な要素 Control/PublishingOffice がありません。',
        'The required element Control/PublishingOffice is missing.',
      )
    return `weather:${publishing_office}`
  }
  const kind = code === 'VYSE50' ? 'nankai' : code === 'VFVO56' ? 'volcano' : 'quake'
  return `${kind}:${event_ids[0]}`
}

function needTime(parent: Element, name: string, path: string): Date {
  const text = textAt(parent, name)
  if (text === '') refuse('bad_date', `${path}（日時）がありません。`, `${path} is missing.`)
  return (
    instant(text) ??
    refuse(
      'bad_date',
      `${path} の「${quoted(text)}」は実在する日時ではありません。`,
      `${path} "${quoted(text)}" is not a time that exists.`,
    )
  )
}
