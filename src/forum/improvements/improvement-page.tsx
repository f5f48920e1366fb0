import { randomUUID } from 'node:crypto'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { dayAt, dayEnd, dueWords } from '#ground/html/day.tsx'
import type { Difference } from '#ground/html/diff.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Columns, LongText, PageHead } from '#ground/html/frame.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { drillOnly, markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { History } from '#ground/register/history.tsx'
import { ItemLink } from '#ground/register/item-link.tsx'
import { ItemParts } from '#ground/register/item-parts.tsx'
import { type Item, kindWord, numberOf, pathOf } from '#ground/register/kinds.ts'
import { Newer } from '#ground/register/newer.tsx'
import type { PartAgain } from '#ground/register/part-routes.tsx'
import type { Parts } from '#ground/register/parts.ts'
import type { Candidate } from '#ground/register/people.ts'
import { comparedOf, fieldTerms, fieldWords, proofOf } from './field-words.ts'
import { isOverdue } from './improvement.ts'
import { improvementWords } from './improvement-words.ts'
import type { AboutSituation, ImprovementVersion, ImprovementVersions } from './queries.ts'
import { Due, ownerWords, StateChip } from './state-parts.tsx'
import { type StepAgain, StepPart } from './step-part.tsx'

const texts = inBoth({
  ja: {
    overdue: (by: string) => `期日を過ぎています（${by}）`,
    owner: '担当',
    proof: '証拠',
    gone: '証拠のファイルはあとから取り下げられました。点検して、必要なら再開してください',
    hidden: 'この記録は表示できません',
    undecided: 'まだ決まっていません。',
    list: '改善事項の一覧に戻る',
  },
  en: {
    overdue: (by: string) => `It is overdue (${by})`,
    owner: 'Owner',
    proof: 'Proof',
    gone: 'The file that proved it was taken away later. Inspect it, and open it again if needed',
    hidden: 'this record cannot be shown',
    undecided: 'Not decided yet.',
    list: 'Back to the list of improvements',
  },
})

export type ImprovementPageProps = {
  item: Item
  versions: ImprovementVersions
  parts: Parts
  situation: AboutSituation
  people: readonly Candidate[]
  may_edit: boolean
  may_comment: boolean
  shows_all: boolean
  step?: StepAgain | undefined
  part?: PartAgain | undefined
  /** Somebody else has changed it meanwhile: what is different now from what was seen. */
  newer?: readonly Difference[] | undefined
}

/** Everything about one improvement, and the one thing to do next. */
export function ImprovementPage(props: ImprovementPageProps) {
  const { item, versions, parts, people, may_edit, may_comment, shows_all, step, part, newer } = props
  const t = useTexts(texts)
  const terms = useTexts(fieldTerms)
  const { language, now } = useReading()
  const [improvement] = versions
  const { title, mode, label } = item
  const number = numberOf(language, item)
  const is_late = isOverdue(improvement, dayAt(now))
  return (
    <Layout
      // The frame marks what is of a drill.
      title={`${numberOf(language, { ...item, mode: 'actual' })} ${title}`}
      mode={drillOnly(mode)}
      // What is being corrected stays as it was sent: its address answers no question.
      live={step || part ? undefined : `/improvements/${item.id}`}
      label={label}
      refresh_at={dayEnd(now)}
      wide
    >
      <ErrorSummary problems={{ ...step?.problems, ...part?.problems }} />
      <PageHead title={title} kind={`${kindWord(language, item.kind)} ${number}`} />
      {newer && <Newer differences={newer} />}
      {is_late && improvement.due_on && (
        <Banner kind="warning" title={t.overdue(dueWords(language, improvement.due_on, now))} />
      )}
      {improvement.state === 'verified' && improvement.file_removed_at && <Banner kind="warning" title={t.gone} />}
      <Columns>
        <div>
          <Facts {...props} />
          <h2>{terms.finding}</h2>
          <LongText>{improvement.finding}</LongText>
          <h2>{terms.action}</h2>
          {improvement.action ? <LongText>{improvement.action}</LongText> : <p>{t.undecided}</p>}
          {may_edit && <StepPart improvement={improvement} parts={parts} again={step} />}
        </div>
        <div>
          <ItemParts {...{ item, parts, may_edit, may_comment, people, shows_all }} key_of={randomUUID} again={part} />
          <History
            versions={versions}
            said={comparedOf}
            words={fieldWords(language, now, versions)}
            all_at={`${pathOf(item)}?all=yes#history`}
            shows_all={shows_all}
          />
        </div>
      </Columns>
      <p>
        <ButtonLink href="/improvements" size="md">
          {t.list}
        </ButtonLink>
      </p>
    </Layout>
  )
}

function Facts({ versions, situation }: ImprovementPageProps) {
  const t = useTexts(texts)
  const terms = useTexts(fieldTerms)
  const words = useTexts(improvementWords)
  const { language } = useReading()
  const [improvement] = versions
  const { state, source, about } = improvement
  return (
    <SummaryList
      items={[
        { term: terms.state, value: <StateChip state={state} /> },
        { term: t.owner, value: ownerWords(language, improvement) },
        { term: terms.due_on, value: <Due {...improvement} /> },
        { term: terms.source, value: words.sources[source] },
        ...(about ? [{ term: terms.about, value: <About {...{ about, situation }} /> }] : []),
        ...(state === 'verified' ? [{ term: t.proof, value: <Proof improvement={improvement} /> }] : []),
      ]}
    />
  )
}

/** Where it came from: a page of this portal is a way there, anything else its name. */
function About({ about, situation }: { about: string; situation: AboutSituation }) {
  const { language } = useReading()
  // Nothing that leads out of the portal: one stroke, and no second.
  if (!/^\/[\w-][\w/?=&.#-]*$/.test(about)) return about
  const title = situation && (language === 'en' ? situation.title_en : situation.title_ja)
  return <a href={about}>{situation && title ? markedTitle(language, situation.mode, title) : about}</a>
}

function Proof({ improvement }: { improvement: ImprovementVersion }) {
  const t = useTexts(texts)
  const { id, evidence, evidence_file_id, file_name, file_removed_at, evidence_item_id } = improvement
  const record = proofOf(improvement)
  return (
    <>
      {evidence && <LongText>{evidence}</LongText>}
      {evidence_file_id && file_name && (
        <p>
          {file_removed_at ? (
            <del>{file_name}</del>
          ) : (
            <a href={`/improvements/${id}/files/${evidence_file_id}`}>{file_name}</a>
          )}
        </p>
      )}
      {evidence_item_id && <p>{record ? <ItemLink item={record} /> : t.hidden}</p>}
    </>
  )
}
