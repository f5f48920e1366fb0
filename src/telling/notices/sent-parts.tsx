import { showWritten } from '#directory/contacts/index.ts'
import { kindWords } from '#directory/institutions/index.ts'
import type { InstitutionKind } from '#ground/db/tables.ts'
import { Chip, type Look } from '#ground/html/chip.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { listAddress } from '#ground/lists/address.ts'
import type { Counted } from '#ground/lists/paged.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import type { NoticeView } from './queries.ts'
import type { Counts, Reach, ReceiptView } from './sent-queries.ts'
import { sentTexts } from './sent-texts.ts'

export type Phones = ReadonlyMap<string, { name_ja: string; name_en: string | null; phone: string }>
export const reachLooks: Record<Reach, Look> = {
  reached: 'sent',
  perhaps: 'perhaps',
  on_its_way: 'sending',
  failed: 'failed',
}
export const missing_per_page = 20
export type MissingPage = Counted<ReceiptView>

/** Those of a notice that have not answered, the infrastructure first; where no answer is wanted, those it did not reach. */
export const missingOf = (receipts: readonly ReceiptView[], wants_answer: boolean) =>
  receipts.filter(({ closed_how, reach }) => (wants_answer ? closed_how !== 'answered' : reach !== 'reached'))

export function Missing({
  missing,
  phones,
  path,
  wants_answer,
}: {
  missing: MissingPage
  phones: Phones
  path: string
  wants_answer: boolean
}) {
  const t = useTexts(sentTexts)
  const { language } = useReading()
  if (missing.count === 0) return null
  return (
    <>
      <DataTable
        caption={
          <>
            {wants_answer ? t.missing(missing.count) : t.missing_reach(missing.count)}
            <ListPart found={missing} />
          </>
        }
        rows={missing.rows}
        rowKey={({ id }) => id}
        columns={[
          {
            head: t.institution,
            cell: (receipt) => <a href={`/institutions/${receipt.institution_id}`}>{named(language, receipt)}</a>,
          },
          {
            head: t.how_far,
            cell: ({ reach, closed_how, call_since }) => (
              <>
                <Chip look={reachLooks[reach]}>{t.reach[reach]}</Chip> {closed_how === 'ended' && t.ended}{' '}
                {call_since && closed_how === null && t.listed}
              </>
            ),
          },
          { head: t.call, cell: ({ id }) => <Call who={phones.get(id)} /> },
        ]}
      />
      <Pagination found={missing} href={(wanted) => listAddress(path, {}, wanted)} />
    </>
  )
}

function Call({ who }: { who: { name_ja: string; name_en: string | null; phone: string } | undefined }) {
  const t = useTexts(sentTexts)
  const { language } = useReading()
  if (!who) return t.no_call
  return (
    <>
      <a href={`tel:${who.phone}`}>{showWritten(who.phone)}</a>{' '}
      <span className="dads-name">{named(language, who)}</span>
    </>
  )
}

/** Where the answers are missing: every kind of institution with its own counts. */
export function ByKind({ kinds, wants_answer }: { kinds: [InstitutionKind, Counts][]; wants_answer: boolean }) {
  const t = useTexts(sentTexts)
  const names = useTexts(kindWords)
  return (
    <DataTable
      caption={t.by_kind}
      figures
      rows={kinds}
      rowKey={([kind]) => kind}
      columns={[
        { head: t.kind, cell: ([kind]) => names[kind] },
        ...(wants_answer
          ? [
              {
                head: t.answered,
                cell: ([, { answered, asked }]: [InstitutionKind, Counts]) => `${answered} / ${asked}`,
                numeric: true,
              },
              { head: t.open, cell: ([, { open }]: [InstitutionKind, Counts]) => open, numeric: true },
            ]
          : [{ head: t.asked, cell: ([, { asked }]: [InstitutionKind, Counts]) => asked, numeric: true }]),
        { head: t.reach.failed, cell: ([, { failed }]) => failed, numeric: true },
      ]}
    />
  )
}

/** How many chose what, as bars and in figures. */
export function Choices({
  notice,
  choices,
  asked,
}: {
  notice: Pick<NoticeView, 'id' | 'choices'>
  choices: ReadonlyMap<number, number>
  asked: number
}) {
  const t = useTexts(sentTexts)
  const { language } = useReading()
  const chosen = [...choices.values()].reduce((sum, count) => sum + count, 0)
  const rows = [
    ...notice.choices.map((choice, index) => ({
      text: choice[language],
      count: choices.get(index + 1) ?? 0,
      choice: index + 1,
    })),
    { text: t.not_chosen, count: asked - chosen, choice: null },
  ]
  return (
    <DataTable
      caption={t.choices}
      figures
      rows={rows.map((row, index) => ({ ...row, key: String(index) }))}
      rowKey={({ key }) => key}
      columns={[
        {
          head: t.answer,
          cell: ({ text, count, choice }) =>
            choice !== null && count > 0 ? <a href={`/notices/${notice.id}/answers?choice=${choice}`}>{text}</a> : text,
        },
        { head: t.chosen_by, cell: ({ count }) => `${count} / ${asked}`, numeric: true },
        {
          head: t.share,
          cell: ({ text, count }) => (
            <Bar label={t.choice_label(text, count, asked)} share={asked === 0 ? 0 : count / asked} />
          ),
        },
      ]}
    />
  )
}

const Bar = ({ label, share }: { label: string; share: number }) => (
  <svg className="dads-progress" viewBox="0 0 200 20" role="img" aria-label={label}>
    <rect x="1" y="1" width="198" height="18" fill="none" stroke="currentColor" strokeWidth="2" />
    <rect x="1" y="1" width={Math.round(198 * share * 10) / 10} height="18" fill="currentColor" />
  </svg>
)
