import { Banner } from '#ground/html/banner.tsx'
import { Checkbox, Radios } from '#ground/html/choices.tsx'
import { toCivilInput } from '#ground/html/civil.ts'
import { HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { asSeen } from '#hazards/proposals/index.ts'
import { openingTexts } from './opening-texts.ts'
import type { activeCriteria, ProposalForForm } from './queries.ts'
import { hazards, situationWords } from './words.ts'

type Values = Record<string, string>
type Of = { values: Values; problems: Problems }
export type Criterion = Awaited<ReturnType<typeof activeCriteria>>[number]

/** Real or a drill; a proposal has decided that already. */
export function ModeFields({ values, problems, proposal }: Of & { proposal: ProposalForForm | null }) {
  const t = useTexts(openingTexts)
  if (proposal)
    return <HiddenFields fields={{ proposal_id: proposal.id, mode: proposal.mode, proposal_seen: asSeen(proposal) }} />
  return (
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
  )
}

/** What the situation is called, and what happened when: a reason from the list fills in what is left empty. */
export function EventFields({ values, problems }: Of) {
  const t = useTexts(openingTexts)
  const words = useTexts(situationWords)
  const { now } = useReading()
  return (
    <>
      <Select
        name="hazard"
        label={t.hazard_legend}
        value={values.hazard}
        empty={t.choose}
        problem={problems.hazard}
        options={hazards.map((hazard) => ({ value: hazard, text: words.hazards[hazard] }))}
      />
      <TextInput
        name="title_ja"
        label={t.title_ja}
        hint={t.title_ja_hint}
        value={values.title_ja}
        problem={problems.title_ja}
      />
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
      <TextInput
        name="update_minutes"
        label={t.update}
        value={values.update_minutes ?? '60'}
        problem={problems.update_minutes}
        inputMode="numeric"
        width="short"
        required
      />
    </>
  )
}

/** By which criterion a command centre is set up, and an objective where there is one. */
export function CentreFields({ values, problems, criteria }: Of & { criteria: Criterion[] }) {
  const t = useTexts(openingTexts)
  const { language } = useReading()
  return (
    <>
      <Select
        name="criterion"
        label={t.criterion}
        value={values.criterion}
        empty={t.choose}
        problem={problems.criterion}
        options={criteria.map((criterion) => ({
          value: `${criterion.id}:${criterion.version}`,
          text: named(language, criterion),
        }))}
      />
      <TextInput
        name="recovery_minutes"
        label={t.recovery}
        hint={t.recovery_hint}
        value={values.recovery_minutes ?? ''}
        problem={problems.recovery_minutes}
        inputMode="numeric"
        width="short"
      />
    </>
  )
}

/** A drill beside something real is started only by who says that they know. */
export function DrillTick({ problems, mode }: { problems: Problems; mode: string }) {
  const t = useTexts(openingTexts)
  const { language, open } = useReading()
  const real = open.filter((each) => each.mode === 'actual')
  if (!problems.drill && (mode === 'actual' || real.length === 0)) return null
  return (
    <>
      <Banner kind="warning" title={t.real_title}>
        <p>{real.map((each) => (language === 'en' ? each.title_en : each.title_ja)).join(' / ')}</p>
        <p>{t.real_next}</p>
      </Banner>
      <Checkbox name="drill" text={t.drill} problem={problems.drill} required />
    </>
  )
}
