import type { ChannelName } from '#ground/channels/channel.ts'
import { channelWords, severityWords } from '#ground/channels/words.ts'
import type { LadderStep, NoticeSeverity } from '#ground/db/tables.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Checkboxes } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextInput } from '#ground/html/forms.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { editTexts } from './edit-texts.ts'
import { addressees, type Lists, ladderChannels, ladderLists, no_one } from './ladder-form.ts'
import { minutes_max, type Scope, steps_max } from './rules.ts'
import { Steps } from './steps.tsx'
import { ladderSaid, scopeWords, toWords } from './words.ts'

export type EditProps = {
  severity: NoticeSeverity
  scope: Scope
  lists: Lists
  available: readonly ChannelName[]
  problems?: Problems
  /** Entered rightly and looked at before it is saved, with how many institutions it is for. */
  checked?: { steps: LadderStep[]; version: number; institutions: number }
  /** Somebody else has made a version meanwhile: theirs. */
  newer?: readonly LadderStep[]
  /** Whether this group has a ladder of its own, which can be given up. */
  is_special: boolean
}

export function EditLadderPage({
  severity,
  scope,
  lists,
  available,
  problems = {},
  checked,
  newer,
  is_special,
}: EditProps) {
  const t = useTexts(editTexts)
  const title = t.title(useTexts(severityWords)[severity], useTexts(scopeWords)[scope])
  const at = `/ladders/${severity}/${scope}`
  const version = lists.version?.at(-1) ?? '0'
  const rows = Array.from({ length: steps_max }, (_, index) => index + 1)
  const isUsed = (row: number) =>
    ['minutes', 'to', 'channels'].some((part) => problems[`${part}_${row}`] || lists[`${part}_${row}`]?.some(Boolean))
  const shown = Math.min(steps_max, (rows.findLast(isUsed) ?? 0) + 1)
  const row = (number: number) => (
    <Row key={number} row={number} lists={lists} problems={problems} available={available} />
  )
  const form = (
    <>
      <p>{t.lead(minutes_max)}</p>
      <Form action={`${at}/check`}>
        <HiddenFields fields={{ version }} />
        {rows.slice(0, shown).map(row)}
        {shown < steps_max && (
          <Details summary={t.more} id="more">
            {rows.slice(shown).map(row)}
          </Details>
        )}
        <Button kind={checked ? 'outline' : 'solid-fill'}>{checked ? t.check_again : t.check}</Button>
      </Form>
    </>
  )
  return (
    <Layout title={title}>
      <ErrorSummary problems={problems} />
      <h1>{title}</h1>
      {newer && (
        <Banner kind="warning" title={t.changed}>
          <p>{t.changed_next}</p>
          {newer.length > 0 ? <Steps steps={newer} available={available} /> : <p>{t.as_all}</p>}
        </Banner>
      )}
      {checked ? (
        <>
          <Checked {...checked} {...{ at, severity, scope, available }} />
          <Details summary={t.correct} id="correct">
            {form}
          </Details>
        </>
      ) : (
        form
      )}
      {is_special && (
        <Details summary={t.give_up} id="give-up">
          <p>{t.give_up_hint}</p>
          <Form action={`${at}/removal`}>
            <HiddenFields fields={{ version }} />
            <Button kind="outline" danger>
              {t.give_up_act}
            </Button>
          </Form>
        </Details>
      )}
      <p>
        <a href="/ladders">{t.back}</a>
      </p>
    </Layout>
  )
}

type CheckedProps = NonNullable<EditProps['checked']> & Pick<EditProps, 'severity' | 'scope' | 'available'>

/** What would hold from now on, in a picture and in a sentence, and the button that makes it so. */
function Checked({ steps, version, institutions, severity, scope, available, at }: CheckedProps & { at: string }) {
  const t = useTexts(editTexts)
  const said = useTexts(ladderSaid)
  const channels = useTexts(channelWords)
  const { language } = useReading()
  const missing = ladderChannels.filter(
    (one) => one !== 'call' && !available.includes(one) && steps.some((step) => step.channels.includes(one)),
  )
  const fields = Object.entries(ladderLists(steps, version)).flatMap(([name, values]) =>
    values.map((value) => ({ name, value })),
  )
  return (
    <section aria-labelledby="checked">
      <h2 id="checked">{t.checked}</h2>
      <p>{t.institutions(institutions.toLocaleString(language))}</p>
      <Steps steps={steps} available={available} />
      <p>{said(steps)}</p>
      {missing.length > 0 && <p>{t.passed_over(missing.map((one) => channels[one]).join(t.comma))}</p>}
      <Form action={at}>
        {fields.map(({ name, value }) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        <Button danger={severity === 'urgent'}>
          {t.save(useTexts(severityWords)[severity], useTexts(scopeWords)[scope])}
        </Button>
      </Form>
    </section>
  )
}

type RowProps = { row: number; lists: Lists; problems: Problems; available: readonly ChannelName[] }

function Row({ row, lists, problems, available }: RowProps) {
  const t = useTexts(editTexts)
  const to = useTexts(toWords)
  const channels = useTexts(channelWords)
  const field = <Name extends string>(name: Name) => ({
    name: `${name}_${row}`,
    value: lists[`${name}_${row}`]?.at(-1),
    problem: problems[`${name}_${row}`],
  })
  return (
    <fieldset className="dads-form-control-label">
      <legend>
        <h2>{t.step(row)}</h2>
      </legend>
      <TextInput {...field('minutes')} label={t.minutes} inputMode="numeric" width="short" />
      <Select
        {...field('to')}
        label={t.to}
        empty={t.choose}
        options={[
          ...addressees.map((value) => ({ value, text: to[value] })),
          ...(lists[`to_${row}`]?.some(Boolean) ? [{ value: no_one, text: t.remove }] : []),
        ]}
      />
      <Checkboxes
        {...field('channels')}
        legend={t.channels}
        values={lists[`channels_${row}`]}
        layout="grid"
        choices={ladderChannels.map((value) => ({
          value,
          text: channels[value],
          ...(value !== 'call' && !available.includes(value) && { hint: t.missing }),
        }))}
      />
    </fieldset>
  )
}
