import { inBoth, named } from '#ground/html/language.ts'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { may } from '#ground/rights/may.ts'
import type { Holder } from './rights-queries.ts'

const texts = inBoth({
  ja: {
    caption: (count: number) => `${count}人`,
    nobody: 'この役割の人はいません',
    name: '氏名',
    role: '役割',
    institution: '機関',
    since: '付与',
    by: '付与した人',
    reason: '理由',
    program: 'システム',
    until: '解除',
    trail: '記録',
    see_trail: (name: string) => `${name}の監査証跡`,
    see_readings: (name: string) => `${name}の閲覧記録`,
  },
  en: {
    caption: (count: number) => (count === 1 ? '1 person' : `${count} people`),
    nobody: 'Nobody holds this role',
    name: 'Name',
    role: 'Role',
    institution: 'Institution',
    since: 'Granted',
    by: 'By',
    reason: 'Reason',
    program: 'Program',
    until: 'Ended',
    trail: 'Records',
    see_trail: (name: string) => `Audit trail of ${name}`,
    see_readings: (name: string) => `What ${name} read`,
  },
})

/** Who holds a role, since when, by whom and why; with `past`, also until when and why, and the way to what they did and read. */
export function HolderTable({
  holders,
  total = holders.length,
  past = false,
}: {
  holders: Holder[]
  /** How many there are, when only the first are shown. */
  total?: number
  past?: boolean
}) {
  const t = useTexts(texts)
  const words = useTexts(roleWords)
  const { language, reader } = useReading()
  const name = (of: Holder) => named(language, of)
  const columns = [
    { head: t.name, cell: name },
    ...(past ? [{ head: t.role, cell: ({ role }: Holder) => words[role] }] : []),
    {
      head: t.institution,
      cell: (of: Holder) => named(language, { name_ja: of.institution_ja, name_en: of.institution_en }),
    },
    { head: t.since, cell: ({ granted_at }: Holder) => <Time at={granted_at} with_date /> },
    ...(past
      ? [
          {
            head: t.until,
            cell: ({ removed_at, removed_by_ja, removed_by_en, removal_reason }: Holder) =>
              removed_at ? (
                <>
                  <Time at={removed_at} with_date />{' '}
                  {removed_by_ja ? named(language, { name_ja: removed_by_ja, name_en: removed_by_en }) : t.program}
                  <br />
                  {removal_reason}
                </>
              ) : (
                '—'
              ),
          },
        ]
      : []),
    {
      head: t.by,
      cell: (of: Holder) =>
        of.granted_by_ja ? named(language, { name_ja: of.granted_by_ja, name_en: of.granted_by_en }) : t.program,
    },
    { head: t.reason, cell: ({ reason }: Holder) => reason || '—' },
    ...(past && reader && may(reader, 'trail.read')
      ? [
          {
            head: t.trail,
            cell: (of: Holder) => (
              <>
                <a href={`/trail?person=${of.person_id}`}>{t.see_trail(name(of))}</a>
                <br />
                <a href={`/trail/readings?person=${of.person_id}`}>{t.see_readings(name(of))}</a>
              </>
            ),
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption={t.caption(total)}
      rows={holders}
      rowKey={({ id }) => id}
      empty={<p>{t.nobody}</p>}
      columns={columns}
    />
  )
}
