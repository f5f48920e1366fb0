import { randomUUID } from 'node:crypto'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Checkbox, Radios } from '#ground/html/choices.tsx'
import { toCivilInput } from '#ground/html/civil.ts'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { asSeen } from '#hazards/proposals/index.ts'
import type { activeCriteria, ListedSituation, ProposalForForm } from './queries.ts'
import { hazards, situationWords } from './words.ts'

const texts = inBoth({
  ja: {
    list: '事案の一覧',
    newest: '対応中のものを先に、新しい順',
    open: '対策本部を設置する',
    empty: '事案はまだありません',
    empty_next: '災害等が起きたら「対策本部を設置する」から始めます。電文が基準に当たると、ホームに提案が出ます。',
    name: '名称',
    mode: '区分',
    hazard: '種類',
    event_at: '発生',
    state: '状態',
    title: '対策本部を設置する',
    lead: '設置すると、発生時刻から復旧目標時限の時計が動き始めます。報告の依頼と公表は、この後それぞれ確認してから行います。',
    from_proposal: (what: string) => `提案「${what}」にもとづいて設置します。`,
    mode_actual: '実災害',
    mode_actual_hint: '本当に起きたこと。メールと公表に「緊急」と出ます。',
    mode_exercise: '訓練',
    mode_exercise_hint: 'すべての画面・メール・公表に「訓練」と出て、実災害の情報とは混ざりません。',
    hazard_legend: '災害等の種類',
    title_ja: '名称（日本語）',
    title_en: '名称（英語）',
    title_en_hint: '空欄なら日本語の名称を使います。',
    text_ja: '説明（日本語）',
    text_en: '説明（英語）',
    event: '発生日時（日本時間）',
    recovery: '復旧目標時間（分）',
    recovery_hint: '発生時刻から数えます。標準は120分（2時間）です。',
    update: '報告の更新間隔（分）',
    criterion: '設置基準',
    reason: '設置する理由',
    reason_hint: 'だれがどう判断したかを、後から分かるように書きます。証跡に残ります。',
    acts: { actual: '対策本部を設置する', exercise: '訓練を始める', test: '試験を始める' },
    act: '選んだ区分で対策本部を設置する',
    real_title: '実災害の事案に対応中です',
    real_next: '訓練の依頼は、実災害に対応している機関にも届きます。',
    drill: '実災害に対応中であることを承知で始める',
    choose: '選んでください',
  },
  en: {
    list: 'Situations',
    newest: 'Open ones first, then by date',
    open: 'Set up the command centre',
    empty: 'There are no situations yet',
    empty_next:
      'When something happens, start with “Set up the command centre”. When a telegram meets a criterion, a proposal appears on the home page.',
    name: 'Name',
    mode: 'Mode',
    hazard: 'Hazard',
    event_at: 'Happened',
    state: 'State',
    title: 'Set up the command centre',
    lead: 'The clock of the recovery objective starts at the time of the event. Asking for reports and publishing come afterwards, each with its own check.',
    from_proposal: (what: string) => `Based on the proposal “${what}”.`,
    mode_actual: 'Actual',
    mode_actual_hint: 'It really happened. Mails and publications are marked as urgent.',
    mode_exercise: 'Exercise',
    mode_exercise_hint: 'Every page, mail and publication says EXERCISE and never mixes with actual information.',
    hazard_legend: 'Kind of hazard',
    title_ja: 'Name (Japanese)',
    title_en: 'Name (English)',
    title_en_hint: 'If left empty, the Japanese name is used.',
    text_ja: 'Description (Japanese)',
    text_en: 'Description (English)',
    event: 'When it happened (Japan time)',
    recovery: 'Recovery objective (minutes)',
    recovery_hint: 'Counted from the event. The standard is 120 minutes (2 hours).',
    update: 'Interval of updates (minutes)',
    criterion: 'Criterion',
    reason: 'Reason',
    reason_hint: 'Who judged what, so that it can be understood later. It stays in the audit trail.',
    acts: { actual: 'Set up the command centre', exercise: 'Start the exercise', test: 'Start the test' },
    act: 'Set up the command centre in this mode',
    real_title: 'A real situation is open',
    real_next: 'Requests of a drill also reach institutions that are dealing with the real one.',
    drill: 'I know that a real situation is open, and start anyway',
    choose: 'Choose one',
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
        <ButtonLink href="/command-centre/new" kind="solid-fill">
          {t.open}
        </ButtonLink>
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
                <Chip look="partial">{words.phases[situation.phase]}</Chip>
              ),
          },
        ]}
      />
    </Layout>
  )
}

type Criterion = Awaited<ReturnType<typeof activeCriteria>>[number]

export function OpenSituationPage({
  values,
  problems = {},
  criteria,
  proposal,
}: {
  values: Record<string, string>
  problems?: Problems
  criteria: Criterion[]
  proposal: ProposalForForm | null
}) {
  const t = useTexts(texts)
  const words = useTexts(situationWords)
  const { language, now, open } = useReading()
  const mode = proposal?.mode ?? 'actual'
  const real = open.filter((each) => each.mode === 'actual')
  return (
    <Layout title={t.title} mode={mode}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      {proposal && (
        <p>
          <b>{t.from_proposal(language === 'en' ? proposal.title_en : proposal.title_ja)}</b>
        </p>
      )}
      <Form action="/situations">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key || randomUUID() }} />
        {proposal ? (
          <HiddenFields
            fields={{
              proposal_id: proposal.id,
              mode: proposal.mode,
              proposal_seen: asSeen(proposal),
            }}
          />
        ) : (
          <Radios
            name="mode"
            legend={t.mode}
            required
            value={values.mode}
            problem={problems.mode}
            choices={[
              { value: 'actual', text: t.mode_actual, hint: t.mode_actual_hint },
              { value: 'exercise', text: t.mode_exercise, hint: t.mode_exercise_hint },
            ]}
          />
        )}
        <Select
          name="hazard"
          label={t.hazard_legend}
          required
          value={values.hazard}
          empty={t.choose}
          problem={problems.hazard}
          options={hazards.map((hazard) => ({ value: hazard, text: words.hazards[hazard] }))}
        />
        <TextInput name="title_ja" label={t.title_ja} value={values.title_ja} problem={problems.title_ja} required />
        <TextInput
          name="title_en"
          label={t.title_en}
          hint={t.title_en_hint}
          value={values.title_en}
          problem={problems.title_en}
        />
        <TextInput
          name="event_at"
          type="datetime-local"
          label={t.event}
          value={values.event_at ?? toCivilInput(now)}
          problem={problems.event_at}
          width="half"
          required
        />
        <TextArea name="text_ja" label={t.text_ja} value={values.text_ja} problem={problems.text_ja} />
        <TextArea name="text_en" label={t.text_en} value={values.text_en} problem={problems.text_en} />
        <Select
          name="criterion"
          label={t.criterion}
          required
          value={values.criterion}
          empty={t.choose}
          problem={problems.criterion}
          options={criteria.map((criterion) => ({
            value: `${criterion.id}:${criterion.version}`,
            text: named(language, criterion),
          }))}
        />
        <TextArea
          name="reason"
          label={t.reason}
          hint={t.reason_hint}
          value={values.reason}
          problem={problems.reason}
          rows={3}
          required
        />
        <TextInput
          name="recovery_minutes"
          label={t.recovery}
          hint={t.recovery_hint}
          value={values.recovery_minutes ?? '120'}
          problem={problems.recovery_minutes}
          inputMode="numeric"
          width="short"
          required
        />
        <TextInput
          name="update_minutes"
          label={t.update}
          value={values.update_minutes ?? '60'}
          problem={problems.update_minutes}
          inputMode="numeric"
          width="short"
          required
        />
        {(problems.drill || (mode !== 'actual' && real.length > 0)) && (
          <>
            <Banner kind="warning" title={t.real_title}>
              <p>{real.map((each) => (language === 'en' ? each.title_en : each.title_ja)).join(' / ')}</p>
              <p>{t.real_next}</p>
            </Banner>
            <Checkbox name="drill" text={t.drill} problem={problems.drill} required />
          </>
        )}
        <Button>{proposal ? t.acts[proposal.mode] : t.act}</Button>
      </Form>
    </Layout>
  )
}
