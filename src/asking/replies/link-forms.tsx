import { answerActs } from '#delivery/deliveries/index.ts'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Form, HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { willSee } from '#status/member-view/index.ts'
import { text_length_max } from './answer-by-link.ts'
import type { LinkProps } from './link-props.ts'

const texts = inBoth({
  ja: {
    choose: 'あてはまるものを1つ押してください',
    all_normal: 'すべて正常と報告する',
    all_normal_means:
      '業務はすべて通常、被害なし、BCPは発動していない、対策本部は設置していない、という報告になります。',
    alternative: '代替運用中と報告する',
    alternative_means:
      '業務はすべて続けているが、第2センター・代替オフィス・手作業など、代わりの手段によるとき。被害などは「不明」として登録し、詳しくは後で報告できます。',
    alternative_text: '何で代替しているか（1行、任意）',
    not_normal: '正常でないと報告する',
    not_normal_means:
      '1つでも止まっている、または支障があるとき。業務ごとの状況は「不明」として登録し、詳しくは後で報告できます。',
    text: '何が起きているか（1行）',
    text_hint: '例：売買システムが停止。要員は無事。',
    text_missing: '何が起きているかを、1行で書いてください。まだ報告されていません',
    report: 'サインインして詳しく報告する',
    call_me: '電話してほしい',
    call_me_means: '事務局の電話連絡リストの上位に載り、事務局から電話します。回答にはなりません。',
    called: '電話を希望しています',
    since: 'から',
  },
  en: {
    choose: 'Press the one that applies',
    all_normal: 'Report that all is normal',
    all_normal_means:
      'It reports that all functions run as usual, nothing is damaged, the BCP is not activated and no command centre is set up.',
    alternative: 'Report that we run on the alternative',
    alternative_means:
      'If all functions go on, but by other means: a second centre, an alternate office, by hand. Damage and the like are put down as “unknown”; you can report the details later.',
    alternative_text: 'On which alternative (one line, optional)',
    not_normal: 'Report that not all is normal',
    not_normal_means:
      'If anything is stopped or disrupted. Each function is put down as “unknown”; you can report the details later.',
    text: 'What is happening (one line)',
    text_hint: 'E.g. trading system down, staff safe.',
    text_missing: 'Write in a line what is happening. Nothing has been reported yet',
    report: 'Sign in and report the details',
    call_me: 'Please call me',
    call_me_means: 'It puts you high on the call list of the secretariat, who will ring you. It is no answer.',
    called: 'You have asked to be rung',
    since: 'since',
  },
})

/** The presses that answer a notice. */
export function LinkForms({ token, notice, told, shown }: LinkProps) {
  const t = useTexts(texts)
  const acts = useTexts(answerActs)
  const { language } = useReading()
  const { answer_wanted, choices, situation_id } = notice
  const action = `/a/${token}`
  if (answer_wanted === 'choice')
    return (
      <Form action={action}>
        <h2>{t.choose}</h2>
        {choices.map((choice, index) => (
          <p key={choice.ja}>
            <Button name="choice" value={String(index + 1)}>
              {choice[language]}
            </Button>
          </p>
        ))}
      </Form>
    )
  if (answer_wanted === 'acknowledge')
    return (
      <Form action={action}>
        <Buttons>
          <Button name="acknowledged" value="yes">
            {acts.acknowledge}
          </Button>
        </Buttons>
      </Form>
    )
  return (
    <>
      <h2>{t.choose}</h2>
      <p>{willSee(language, shown, { is_infrastructure: notice.is_infrastructure })}</p>
      <Form action={action}>
        <p>{t.all_normal_means}</p>
        <Buttons>
          <Button kind="outline" name="all_normal" value="yes">
            {t.all_normal}
          </Button>
        </Buttons>
      </Form>
      {notice.has_functions && (
        <Form action={action}>
          <p>{t.alternative_means}</p>
          <TextInput name="alternative_text" label={t.alternative_text} maxLength={text_length_max} />
          <Buttons>
            <Button kind="outline" name="on_alternative" value="yes">
              {t.alternative}
            </Button>
          </Buttons>
        </Form>
      )}
      <Form action={action}>
        <p>{t.not_normal_means}</p>
        <TextInput
          name="text"
          label={t.text}
          hint={t.text_hint}
          maxLength={text_length_max}
          problem={told === 'no_text' ? t.text_missing : undefined}
          required
        />
        <Buttons>
          <Button kind="outline" name="not_normal" value="yes">
            {t.not_normal}
          </Button>
          <ButtonLink kind="text" href={`/situations/${situation_id}/report`}>
            {t.report}
          </ButtonLink>
        </Buttons>
      </Form>
    </>
  )
}

/** Somebody who cannot write, or would rather speak, is rung up. */
export function CallMe({ token, notice: { call_wanted_at } }: LinkProps) {
  const t = useTexts(texts)
  if (call_wanted_at)
    return (
      <p>
        <b>
          {t.called} (<Time at={call_wanted_at} /> {t.since})
        </b>
      </p>
    )
  return (
    <Form action={`/a/${token}`}>
      <p>{t.call_me_means}</p>
      <HiddenFields fields={{ call_me: 'yes' }} />
      <Buttons>
        <Button kind="outline">{t.call_me}</Button>
      </Buttons>
    </Form>
  )
}
