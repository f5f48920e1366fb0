import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { CentreSaid } from './centre-said.tsx'
import type { ListedSituation } from './queries.ts'
import { situationWords, stageOf } from './words.ts'

const texts = inBoth({
  ja: {
    list: '事案の一覧',
    newest: '対応中のものを先に、新しい順',
    open: '対策本部を設置する',
    gather: '状況の照会を始める（情報収集）',
    empty: '事案はまだありません',
    empty_next:
      '災害等が起きたら「対策本部を設置する」から、対策本部を設置せずに状況だけを確かめるときは「状況の照会を始める」から始めます。電文が基準に当たると、ホームに提案が出ます。',
    name: '名称',
    mode: '区分',
    hazard: '種類',
    event_at: '発生',
    state: '状態',
    centre: '対策本部',
  },
  en: {
    list: 'Situations',
    newest: 'Open ones first, then by date',
    open: 'Set up the command centre',
    gather: 'Gather information',
    empty: 'There are no situations yet',
    empty_next:
      'When something happens, start with “Set up the command centre”; to ask how things stand without one, with “Gather information”. When a telegram meets a criterion, a proposal appears on the home page.',
    name: 'Name',
    mode: 'Mode',
    hazard: 'Hazard',
    event_at: 'Happened',
    state: 'State',
    centre: 'Command centre',
  },
})

export function SituationsPage({ found, may_open }: { found: Paged<ListedSituation>; may_open: boolean }) {
  const t = useTexts(texts)
  const words = useTexts(situationWords)
  const { language } = useReading()
  return (
    <Layout title={t.list} label={labelOf.situation}>
      <h1>{t.list}</h1>
      {may_open && (
        <Buttons>
          <ButtonLink href="/command-centre/new" kind="solid-fill">
            {t.open}
          </ButtonLink>
          <ButtonLink href="/gatherings/new">{t.gather}</ButtonLink>
        </Buttons>
      )}
      <Listing
        path="/situations"
        caption={t.newest}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        columns={[
          {
            head: t.name,
            cell: (situation) => (
              <a href={`/situations/${situation.id}`}>
                {markedTitle(language, situation.mode, language === 'en' ? situation.title_en : situation.title_ja)}
              </a>
            ),
          },
          { head: t.mode, cell: (situation) => words.modes[situation.mode] },
          { head: t.hazard, cell: (situation) => words.hazards[situation.hazard] },
          { head: t.event_at, cell: (situation) => <Time at={situation.event_at} with_date /> },
          {
            head: t.state,
            cell: (situation) =>
              situation.closed_at ? (
                <>
                  {words.closed} <Time at={situation.closed_at} />
                </>
              ) : (
                <Chip look={stageOf(situation) === 'gathering' ? 'waiting' : 'partial'}>
                  {words.phases[stageOf(situation)]}
                </Chip>
              ),
          },
          { head: t.centre, cell: (situation) => <CentreSaid situation={situation} /> },
        ]}
      />
    </Layout>
  )
}
