import { answersWanted, wantedWords } from '#delivery/deliveries/index.ts'
import type { NoticeKind } from '#ground/db/tables.ts'
import { Radios } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { HiddenFields, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { composeTexts } from './compose-texts.ts'

/** What the institutions are to answer, and until when; a request to report asks for nothing else. */
export function AnswerFields({
  kind,
  values,
  problems,
}: {
  kind: NoticeKind
  values: Record<string, string>
  problems: Problems
}) {
  const t = useTexts(composeTexts)
  const answers = useTexts(wantedWords)
  const field = (name: string) => ({ name, value: values[name], problem: problems[name] })
  const is_request = kind === 'report_request'
  return (
    <>
      {is_request ? (
        <HiddenFields fields={{ answer_wanted: 'report' }} />
      ) : (
        <>
          <Radios
            {...field('answer_wanted')}
            legend={t.answer_wanted}
            layout="grid"
            required
            choices={answersWanted.map((each) => ({ value: each, text: answers[each] }))}
          />
          <Details
            summary={`${t.choices_ja}・${t.choices_en}`}
            id="choices"
            open={values.answer_wanted === 'choice' || Boolean(problems.choices_ja ?? problems.choices_en)}
          >
            {(['choices_ja', 'choices_en'] as const).map((name) => (
              <TextArea key={name} {...field(name)} label={t[name]} hint={t.choices_hint} rows={4} />
            ))}
          </Details>
        </>
      )}
      <TextInput
        {...field('answer_by')}
        type="datetime-local"
        label={t.answer_by}
        hint={t.answer_by_hint}
        width="half"
        required={is_request}
      />
      {is_request && (
        <TextInput
          {...field('repeat_minutes')}
          label={t.repeat}
          hint={t.repeat_hint}
          inputMode="numeric"
          width="short"
        />
      )}
    </>
  )
}
