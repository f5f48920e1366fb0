import { allPoints, type KeptPoint, placeText, pointWords } from '#directory/contact-points/index.ts'
import { contactWords, showPhone, showWritten } from '#directory/contacts/index.ts'
import { kinds, kindWords } from '#directory/institutions/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { timeWords, toCivilInput } from '#ground/html/civil.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { unknownLast } from '#ground/market/last-said.tsx'
import { statusWords } from '#ground/market/words.ts'
import { actionWords } from '#ground/trail/actions.ts'
import { situationLog } from '#ground/trail/queries.ts'
import { readBoard } from '#status/board/index.ts'
import { openSituations } from '#status/situations/index.ts'

/** Everything that the pages of a pack say, as text: plain data, so that another thread can set it. */
export type PackData = {
  at: Date
  /** The association whose command centre holds the pack. */
  holder: string
  situations: { title: string; mode: Mode; rows: string[][]; log: string[][]; log_is_cut: boolean }[]
  kinds: { title: string; institutions: { name: string; sub: string; contacts: PackContact[] }[] }[]
  /** The contact point of each institution: name, section and phones, alternate office, place of work. */
  points: string[][]
  counts: { institutions: number; contacts: number }
}
/** `order`: the place in the call tree. `ways`: how to reach them, in the order in which they are tried. */
export type PackContact = { order: string; name: string; sub: string; ways: string[] }

const { means: meansWords, hours: hourWords } = contactWords.ja
export const log_lines_max = 60

/** Reads the directory, the call trees, the boards of what is open and their logs, as the program sees them. */
export async function readPackData(db: Database, at: Date): Promise<PackData> {
  const [institutions, contacts, addresses, open, points] = await Promise.all([
    db
      .selectFrom('institution')
      .where('active_to', 'is', null)
      .select(['id', 'code', 'kind', 'name_ja', 'name_en'])
      .orderBy('code')
      .execute(),
    db.selectFrom('contact').where('removed_at', 'is', null).selectAll().orderBy('rank').execute(),
    db
      .selectFrom('contact_address')
      .where('removed_at', 'is', null)
      .where('means', 'not in', ['web_push', 'webhook'])
      .select(['contact_id', 'means', 'address', 'extension', 'quarantined_at', 'person_behind'])
      .orderBy('rank')
      .execute(),
    openSituations(db),
    allPoints(db, at),
  ])
  const addressesOf = Map.groupBy(addresses, ({ contact_id }) => contact_id)
  const contactsOf = Map.groupBy(contacts, ({ institution_id }) => institution_id)
  const rankOf = new Map(contacts.map(({ id, rank }) => [id, rank]))
  const institutionsOf = Map.groupBy(institutions, ({ kind }) => kind)

  const packed = (contact: (typeof contacts)[number]): PackContact => ({
    order: String(contact.rank),
    name: contact.name_ja,
    sub: [
      contact.title,
      contact.hours.length < 3 && contact.hours.map((hours) => hourWords[hours]).join('・'),
      contact.first_responder.length > 0 &&
        `初動 ${contact.first_responder.map((hours) => hourWords[hours]).join('・')}`,
      contact.called_by && `${rankOf.get(contact.called_by) ?? '?'} から連絡`,
      contact.confirmed_at ? `確認 ${day(contact.confirmed_at)}` : '未確認',
    ]
      .filter(Boolean)
      .join('　'),
    ways: (addressesOf.get(contact.id) ?? []).map(
      ({ means, address, extension, quarantined_at, person_behind }) =>
        `${meansWords[means]} ${means === 'mail' ? address : showPhone({ address, extension })}${person_behind ? `（${person_behind}）` : ''}${quarantined_at ? '（不達）' : ''}`,
    ),
  })

  return {
    at,
    holder: institutions.find(({ kind }) => kind === 'association')?.name_ja ?? '',
    situations: await Promise.all(open.map((situation) => readSituation(db, situation, at))),
    kinds: kinds.flatMap((kind) => {
      const here = institutionsOf.get(kind) ?? []
      const title = `${kindWords.ja[kind]}（${here.length}）`
      return here.length === 0
        ? []
        : {
            title,
            institutions: here.map(({ id, code, name_ja, name_en }) => ({
              name: name_ja,
              sub: `${code}　${name_en}`,
              contacts: (contactsOf.get(id) ?? []).map(packed),
            })),
          }
    }),
    points: points.filter(({ is_active }) => is_active).map((point) => pointRow(point, at)),
    counts: { institutions: institutions.length, contacts: contacts.length },
  }
}

type Open = Awaited<ReturnType<typeof openSituations>>[number]

async function readSituation(db: Database, { id, mode, title_ja, event_at, is_gathering, has_centre }: Open, at: Date) {
  const centre = is_gathering
    ? '情報収集・対策本部は設置していません'
    : has_centre
      ? '対策本部 設置中'
      : '対策本部 廃止'
  const [board, log] = await Promise.all([
    readBoard(db, { situation_id: id, mode, now: at }),
    situationLog(db, id, log_lines_max + 1),
  ])
  const { conditions, not_reported, not_asked, no_functions } = statusWords.ja
  const states = { ...conditions, not_reported, not_asked, no_functions }
  return {
    mode,
    title: `${markedTitle('ja', mode, title_ja)}（発生 ${timeWords('ja', event_at, at, { with_date: true })}、${centre}）`,
    rows: board.lines.map((line) => [
      line.institution.name_ja,
      line.last ? unknownLast('ja', line.last, at) : states[line.overall],
      [
        line.reported_at ? timeWords('ja', line.reported_at, at, { with_date: true }) : '—',
        line.written_at && `（記入 ${timeWords('ja', line.written_at, at, { with_date: true })}）`,
      ]
        .filter(Boolean)
        .join(''),
    ]),
    log_is_cut: log.length > log_lines_max,
    log: log
      .slice(0, log_lines_max)
      .map((line) => [
        timeWords('ja', line.at, at, { with_date: true }),
        line.who,
        actionWords.ja[line.action] ?? line.action,
      ]),
  }
}

function pointRow(point: KeptPoint, at: Date): string[] {
  const phone = (written: string | null) => (written ? showWritten(written) : '')
  const { office_name, office_address, office_phone } = point
  return [
    point.name_ja,
    point.section_ja === null
      ? pointWords.ja.no_point
      : [point.section_ja, phone(point.phone), point.mail].filter(Boolean).join('　'),
    [office_name, office_address, phone(office_phone)].filter(Boolean).join('　') || '—',
    placeText('ja', point, at) || pointWords.ja.not_said,
  ]
}

const day = (at: Date) => toCivilInput(at).slice(0, 10)
