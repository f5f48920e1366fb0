import { Button, ButtonLink, Buttons } from '#html/button.tsx'
import { RecoveryClock } from '#html/clock.tsx'
import { Details } from '#html/details.tsx'
import { Form, HiddenFields } from '#html/forms.tsx'
import { LongText, PageHead } from '#html/frame.tsx'
import { inBoth } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { useReading, useTexts } from '#html/render.tsx'
import { Steps } from '#html/steps.tsx'
import { SummaryList } from '#html/summary-list.tsx'
import { type Task, TaskList } from '#html/task-list.tsx'
import { Time } from '#html/time.tsx'
import { Timeline } from '#html/timeline.tsx'
import type { RoundProgress } from '#rounds/index.ts'
import { type SituationView, situationWords } from '#situations/index.ts'
import { actionWords, type TrailLine } from '#trail/index.ts'
import { dutiesOf } from './duties.ts'

const texts = inBoth({
  ja: {
    phase: '局面',
    closed: 'この事案は終結しました。',
    closing_reason: '終結の理由',
    hazard: '種類',
    event: '発生',
    number: '番号',
    basis: '設置基準',
    reason: '設置の理由',
    opened: '設置',
    by: (name: string) => `（${name}）`,
    text: '説明',
    tasks: '対策本部の仕事',
    ask: '全機関に状況報告を依頼する',
    ask_again: 'もう一度、状況報告を依頼する',
    asked: (done: number, all: number) => `${done} / ${all} 機関が報告`,
    round: '依頼と未報告の機関を見る',
    not_asked: '未依頼',
    board: '状況ボードを見る',
    returned: '還元中',
    not_returned: '未還元',
    return_title: '関係機関に状況ボードを還元する',
    return_hint: '各機関の担当者が、集計と関係機関の状況を見られるようになります。一般への公表とは別です。',
    return_act: '関係機関に還元する',
    publish: '一般に公表する',
    publish_again: '公表内容を更新する',
    published: '公表中',
    not_published: '未公表',
    log: '経過',
    report: '自機関の状況を報告する',
    to_recovery: '復旧・再開時の局面に進める',
    to_emergency: '緊急時の局面に戻す',
    close: '事案を終結する',
    close_hint: '終結すると、依頼も公表も終わり、公表ページにも終結と出ます。',
    duties: 'この局面での役割',
  },
  en: {
    phase: 'Phase',
    closed: 'This situation is closed.',
    closing_reason: 'Reason for closing',
    hazard: 'Hazard',
    event: 'Happened',
    number: 'Number',
    basis: 'Criterion',
    reason: 'Reason',
    opened: 'Opened',
    by: (name: string) => ` (${name})`,
    text: 'Description',
    tasks: 'Work of the command centre',
    ask: 'Ask all institutions to report',
    ask_again: 'Ask for reports again',
    asked: (done: number, all: number) => `${done} of ${all} reported`,
    round: 'See the request and who is missing',
    not_asked: 'Not asked',
    board: 'See the status board',
    returned: 'Returned',
    not_returned: 'Not returned',
    return_title: 'Return the board to the institutions',
    return_hint:
      'Their contacts then see the counts and how the infrastructure stands. Telling the public is separate.',
    return_act: 'Return the board to institutions',
    publish: 'Publish',
    publish_again: 'Update what is public',
    published: 'Public',
    not_published: 'Not public',
    log: 'Log',
    report: 'Report for your institution',
    to_recovery: 'Move on to recovery and resumption',
    to_emergency: 'Move back to emergency',
    close: 'Close the situation',
    close_hint: 'Closing ends the requests and the publication; the public page says so.',
    duties: 'Roles in this phase',
  },
})

export type SituationPageProps = {
  situation: SituationView
  round: RoundProgress | null
  published_at: Date | null
  /** Null for readers who do not see the log. */
  log: TrailLine[] | null
  may_change: boolean
  may_publish: boolean
  may_report: boolean
  may_see_board: boolean
}

export function SituationPage({
  situation,
  round,
  published_at,
  log,
  may_change,
  may_publish,
  may_report,
  may_see_board,
}: SituationPageProps) {
  const t = useTexts(texts)
  const words = useTexts(situationWords)
  const actions = useTexts(actionWords)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  const isOpen = situation.closed_at === null
  const title = language === 'en' ? situation.title_en : situation.title_ja
  const text = language === 'en' ? situation.text_en || situation.text_ja : situation.text_ja
  return (
    <Layout title={title} mode={situation.mode} live={[path, '/publications']}>
      <PageHead title={title} kind={words.modes[situation.mode]} />
      {!isOpen && situation.closed_at && (
        <p>
          <b>{t.closed}</b> <Time at={situation.closed_at} /> {t.closing_reason}: {situation.closing_reason}
        </p>
      )}
      <Steps
        label={t.phase}
        steps={[
          { text: words.phases.emergency, state: isOpen && situation.phase === 'emergency' ? 'current' : 'done' },
          {
            text: words.phases.recovery,
            state: !isOpen ? 'done' : situation.phase === 'recovery' ? 'current' : 'to_do',
          },
          { text: words.closed, state: isOpen ? 'to_do' : 'current' },
        ]}
      />
      {isOpen && <RecoveryClock event_at={situation.event_at} recovery_minutes={situation.recovery_minutes} />}

      {isOpen && may_report && (
        <ButtonLink href={`${path}/report`} kind="solid-fill">
          {t.report}
        </ButtonLink>
      )}
      {may_change && isOpen && !round && (
        <ButtonLink href={`${path}/ask`} kind="solid-fill">
          {t.ask}
        </ButtonLink>
      )}
      {may_change && isOpen && (
        <Work situation={situation} round={round} published_at={published_at} may_publish={may_publish} />
      )}
      {(!may_change || !isOpen) && may_see_board && (
        <p>
          <ButtonLink href={`${path}/board`}>{t.board}</ButtonLink>
        </p>
      )}

      <SummaryList
        items={[
          { term: t.number, value: situation.number },
          { term: t.hazard, value: words.hazards[situation.hazard] },
          { term: t.event, value: <Time at={situation.event_at} with_date /> },
          ...(text ? [{ term: t.text, value: <LongText>{text}</LongText> }] : []),
          ...(may_change || log
            ? [
                { term: t.basis, value: (language === 'en' ? situation.criterion_en : situation.criterion_ja) ?? '—' },
                { term: t.reason, value: situation.reason },
                {
                  term: t.opened,
                  value: (
                    <>
                      <Time at={situation.opened_at} with_date />
                      {t.by(situation.opened_by_ja)}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Details summary={t.duties} id="duties">
        <ul>
          {dutiesOf(isOpen ? situation.phase : 'peacetime', language).map((duty) => (
            <li key={duty}>{duty}</li>
          ))}
        </ul>
      </Details>
      {log && (
        <section aria-labelledby="log">
          <h2 id="log">{t.log}</h2>
          <Timeline
            entries={log.map((line) => ({
              key: line.id,
              at: line.at,
              title: actions[line.action],
              by: `${line.who}${line.institution_ja ? `（${line.institution_ja}）` : ''}`,
            }))}
          />
        </section>
      )}
      {may_change && isOpen && (
        <Buttons>
          <Form action={`${path}/phase`}>
            <HiddenFields fields={{ phase: situation.phase === 'emergency' ? 'recovery' : 'emergency' }} />
            <Button kind="outline" size="md">
              {situation.phase === 'emergency' ? t.to_recovery : t.to_emergency}
            </Button>
          </Form>
          <ButtonLink href={`${path}/close`} size="md" danger>
            {t.close}
          </ButtonLink>
        </Buttons>
      )}
    </Layout>
  )
}

function Work({
  situation,
  round,
  published_at,
  may_publish,
}: {
  situation: SituationView
  round: RoundProgress | null
  published_at: Date | null
  may_publish: boolean
}) {
  const t = useTexts(texts)
  const path = `/situations/${situation.id}`
  const tasks: Task[] = [
    {
      text: round ? t.ask_again : t.ask,
      href: `${path}/ask`,
      hint: round && <a href={`/rounds/${round.id}`}>{t.round}</a>,
      look: !round ? 'waiting' : round.answered === round.asked ? 'normal' : 'not_reported',
      state: round ? t.asked(round.answered, round.asked) : t.not_asked,
    },
    {
      text: t.board,
      href: `${path}/board`,
      hint: situation.returned_at ? null : t.return_hint,
      look: situation.returned_at ? 'sent' : 'waiting',
      state: situation.returned_at ? t.returned : t.not_returned,
    },
  ]
  if (may_publish)
    tasks.push({
      text: published_at ? t.publish_again : t.publish,
      href: `${path}/publication`,
      hint: published_at && <Time at={published_at} />,
      look: published_at ? 'sent' : 'waiting',
      state: published_at ? t.published : t.not_published,
    })
  return (
    <section aria-labelledby="work">
      <h2 id="work">{t.tasks}</h2>
      <TaskList tasks={tasks} />
      {!situation.returned_at && (
        <Form action={`${path}/return`}>
          <Button kind="outline" size="md">
            {t.return_act}
          </Button>
        </Form>
      )}
    </section>
  )
}
