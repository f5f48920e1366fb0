import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import type { Count } from './planned.ts'

const texts = inBoth({
  ja: {
    caption: '件数',
    what: '名簿',
    rows: { institutions: '機関', contacts: '担当者' },
    added: '追加',
    changed: '変更',
    removed: '終了・削除',
    unchanged: '変更なし',
  },
  en: {
    caption: 'Counts',
    what: 'Roster',
    rows: { institutions: 'Institutions', contacts: 'Contacts' },
    added: 'Added',
    changed: 'Changed',
    removed: 'Leaving',
    unchanged: 'Unchanged',
  },
})

export type Shown = Record<'institutions' | 'contacts', Omit<Count, 'before'>>

/** How many institutions and contacts come, change, leave and stay. */
export function CountTable({ counts }: { counts: Shown }) {
  const t = useTexts(texts)
  return (
    <DataTable
      caption={t.caption}
      rows={(['institutions', 'contacts'] as const).map((name) => ({ name, ...counts[name] }))}
      rowKey={({ name }) => name}
      columns={[
        { head: t.what, cell: ({ name }) => t.rows[name] },
        { head: t.added, cell: ({ added }) => added, numeric: true },
        { head: t.changed, cell: ({ changed }) => changed, numeric: true },
        { head: t.removed, cell: ({ removed }) => removed, numeric: true },
        { head: t.unchanged, cell: ({ unchanged }) => unchanged, numeric: true },
      ]}
    />
  )
}
