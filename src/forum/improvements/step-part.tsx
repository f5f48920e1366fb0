import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { numberOf } from '#ground/register/kinds.ts'
import type { Parts } from '#ground/register/parts.ts'
import { hasOwnerAndDay, type ImprovementState, mayVerify, stepsFrom } from './improvement.ts'
import { improvementWords, stepName } from './improvement-words.ts'
import type { ImprovementVersion } from './queries.ts'
import { stepMessages } from './take-step.ts'

const texts = inBoth({
  ja: {
    next: '次にすること',
    other: 'ほかの進め方',
    reasons: {
      start: '始めるにあたっての方針',
      report: '行ったこと',
      verify: '確かめたこと',
      back: '戻す理由',
      drop: '見送る理由',
      reopen: '再開する理由',
    },
    evidence: '証拠',
    evidence_hint: '何で確かめられるか。次のファイルか記録でもかまいません。',
    file: '証拠とするファイル',
    record: '証拠とする関連の記録',
    none: '選びません',
    edit: '内容を変更する',
  },
  en: {
    next: 'What to do next',
    other: 'Other ways on',
    reasons: {
      start: 'How it is to be done',
      report: 'What was done',
      verify: 'What was checked',
      back: 'Reason for sending it back',
      drop: 'Reason for dropping it',
      reopen: 'Reason for opening it again',
    },
    evidence: 'Proof',
    evidence_hint: 'What proves it. A file or a record below will do, too.',
    file: 'File that proves it',
    record: 'Linked record that proves it',
    none: 'None',
    edit: 'Edit',
  },
})

/** What was sent of a step and could not be taken. */
export type StepAgain = { values: Record<string, string>; problems: Problems }
type Props = { improvement: ImprovementVersion; parts: Parts; again?: StepAgain | undefined }

/** What the reader can do with an improvement: the one step that is meant to come next, and the others behind it. */
export function StepPart({ improvement, parts, again }: Props) {
  const t = useTexts(texts)
  const say = useTexts(stepMessages)
  const words = useTexts(improvementWords)
  const { reader } = useReading()
  const { id, state } = improvement
  const [next, ...others] = stepsFrom[state]
  const lacks =
    next === 'doing' && !hasOwnerAndDay(improvement)
      ? say.owner
      : next === 'verified' && reader && !mayVerify(reader, improvement)
        ? say.another
        : null
  const is_closed = next === 'open'
  const form = (to: ImprovementState, is_main: boolean) => (
    <StepForm key={to} {...{ improvement, parts, to, is_main }} again={again?.values.to === to ? again : undefined} />
  )
  return (
    <section aria-labelledby="next">
      <h2 id="next">{t.next}</h2>
      {lacks ? (
        <>
          <p>{lacks}</p>
          {next === 'doing' && (
            <p>
              <ButtonLink href={`/improvements/${id}/edit`} kind="solid-fill">
                {t.edit}
              </ButtonLink>
            </p>
          )}
        </>
      ) : is_closed ? (
        <Details summary={words.steps.reopen} id="reopen" open={again !== undefined}>
          {form(next, false)}
        </Details>
      ) : (
        form(next, true)
      )}
      {others.length > 0 && (
        <Details summary={t.other} id="others" open={others.some((to) => to === again?.values.to)}>
          {others.map((to) => form(to, false))}
        </Details>
      )}
      {!is_closed && !(lacks && next === 'doing') && (
        <p>
          <ButtonLink href={`/improvements/${id}/edit`}>{t.edit}</ButtonLink>
        </p>
      )}
    </section>
  )
}

function StepForm({ improvement, parts, to, is_main, again }: Props & { to: ImprovementState; is_main: boolean }) {
  const t = useTexts(texts)
  const words = useTexts(improvementWords)
  const { language } = useReading()
  const step = stepName(improvement.state, to)
  const field = (name: string) => ({ name, value: again?.values[name], problem: again?.problems[name] })
  const { files, links } = parts
  return (
    <Form action={`/improvements/${improvement.id}/step`}>
      <HiddenFields fields={{ to, version: String(improvement.version) }} />
      <TextArea {...field(`reason_${to}`)} label={t.reasons[step]} rows={3} required />
      {to === 'verified' && (
        <>
          <TextArea {...field('evidence')} label={t.evidence} hint={t.evidence_hint} rows={3} />
          {files.length > 0 && (
            <Select
              {...field('evidence_file_id')}
              label={t.file}
              empty={t.none}
              options={files.map(({ id, file_name }) => ({ value: id, text: file_name }))}
            />
          )}
          {links.length > 0 && (
            <Select
              {...field('evidence_item_id')}
              label={t.record}
              empty={t.none}
              options={links.map((link) => ({ value: link.id, text: `${numberOf(language, link)} ${link.title}` }))}
            />
          )}
        </>
      )}
      <Button kind={is_main ? 'solid-fill' : 'outline'}>{words.steps[step]}</Button>
    </Form>
  )
}
