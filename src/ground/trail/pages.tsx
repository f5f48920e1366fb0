import { ButtonLink } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { actionWords, graveActions } from './actions.ts'
import type { Named, TrailLine } from './queries.ts'

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
    of: (name: string) => `${name}が行ったことだけを出しています。`,
    all: 'すべての記録を見る',
    readings: '閲覧記録を見る',
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
    of: (name: string) => `Only what ${name} did is shown.`,
    all: 'See all lines',
    readings: 'See who read what',
    empty: 'There are no lines yet',
    empty_next: 'Signing in, reporting and everything else that is done leaves its line here.',
    program: 'Program',
  },
})

type Props = {
  lines: TrailLine[]
  older: string | null
  /** The one person whose lines these are, if only theirs were asked for. */
  person?: Named | null
}

export function TrailPage({ lines, older, person = null }: Props) {
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
      {person && (
        <p>
          {t.of(named(language, person))} <a href="/trail">{t.all}</a>
        </p>
      )}
      <p>
        <a href={person ? `/trail/readings?person=${person.id}` : '/trail/readings'}>{t.readings}</a>
      </p>
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
            cell: (line) => {
              if (line.mode && line.mode !== 'actual')
                return `【${modeWords[language][line.mode]}】${actionWords[language][line.action]}`
              const words = actionWords[language][line.action]
              return graveActions.has(line.action) ? <Chip look="severe">{words}</Chip> : words
            },
          },
          {
            head: t.about,
            cell: (line) => <a href={line.about}>{line.about.replace(/([0-9a-f]{8})-[0-9a-f-]{27}/, '$1…')}</a>,
          },
          { head: t.details, cell: (line) => <Facts details={line.details} /> },
        ]}
      />
      {older && (
        <ButtonLink href={`/trail?${new URLSearchParams({ ...(person && { person: person.id }), before: older })}`}>
          {t.older}
        </ButtonLink>
      )}
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
