import { labelOf } from '#access/index.ts'
import { ButtonLink } from '#html/button.tsx'
import { Empty } from '#html/empty.tsx'
import { inBoth, type Language, named } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { modeWords } from '#html/modes.ts'
import { useReading, useTexts } from '#html/render.tsx'
import { DataTable } from '#html/table.tsx'
import { Time } from '#html/time.tsx'
import type { TrailLine } from './queries.ts'
import { actionWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: '監査証跡',
    lead: 'だれが、いつ、何をしたかの記録です。書き換えも削除もできません。',
    caption: '新しい順',
    number: '番号',
    at: '日時',
    who: '人',
    action: 'したこと',
    about: '対象',
    details: '詳細',
    older: '古い記録を見る',
    empty: '記録はまだありません',
    empty_next: 'サインインや報告など、何かが行われると、ここに残ります。',
    program: 'システム',
  },
  en: {
    title: 'Audit trail',
    lead: 'Who did what, and when. Nothing here can be changed or removed.',
    caption: 'Newest first',
    number: 'Line',
    at: 'When',
    who: 'Who',
    action: 'What',
    about: 'About',
    details: 'Details',
    older: 'See older lines',
    empty: 'There are no lines yet',
    empty_next: 'Signing in, reporting and everything else that is done leaves its line here.',
    program: 'Program',
  },
})

export function TrailPage({ lines, older }: { lines: TrailLine[]; older: string | null }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const whose = (line: TrailLine) =>
    line.institution_ja
      ? brackets(language, named(language, { name_ja: line.institution_ja, name_en: line.institution_en }))
      : ''
  return (
    <Layout title={t.title} label={labelOf.trail} wide>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <DataTable
        caption={t.caption}
        rows={lines}
        rowKey={(line) => line.id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          { head: t.number, cell: (line) => line.id, numeric: true },
          { head: t.at, cell: (line) => <Time at={line.at} with_seconds /> },
          { head: t.who, cell: (line) => (line.person_id ? `${line.who}${whose(line)}` : `${t.program}: ${line.who}`) },
          {
            head: t.action,
            cell: (line) =>
              (line.mode && line.mode !== 'actual' ? `【${modeWords[language][line.mode]}】` : '') +
              actionWords[language][line.action],
          },
          {
            head: t.about,
            cell: (line) => <a href={line.about}>{line.about.replace(/([0-9a-f]{8})-[0-9a-f-]{27}/, '$1…')}</a>,
          },
          { head: t.details, cell: (line) => <Facts details={line.details} /> },
        ]}
      />
      {older && <ButtonLink href={`/trail?before=${older}`}>{t.older}</ButtonLink>}
    </Layout>
  )
}

const brackets = (language: Language, text: string) => (language === 'ja' ? `（${text}）` : ` (${text})`)

const Facts = ({ details }: { details: Record<string, unknown> }) => (
  <>
    {Object.entries(details)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' / ')}
  </>
)
