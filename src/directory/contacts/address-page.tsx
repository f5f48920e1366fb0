import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Age, Time } from '#ground/html/time.tsx'
import { showPhone } from '#ground/market/phone.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { EditedAddress } from './queries.ts'
import { code_digits, code_minutes } from './send-code.ts'
import { WebhookSection } from './webhook-section.tsx'
import type { WebhookState } from './webhook-state.ts'
import { contactWords, isNumber } from './words.ts'

const texts = inBoth({
  ja: {
    title: '連絡手段を確認する',
    who: '連絡先',
    address: '番号・アドレス',
    verified: '本人確認',
    not_verified: '未確認',
    tested: 'テスト',
    not_tested: '未テスト',
    quarantined: '届かないため停止中',
    mend: 'アドレスが変わったときは、連絡先を直してください。同じアドレスが使えるようになったときは、ここで確認すると再開します。',
    edit: '連絡先を直す',
    by_code: '確認コードで確認する',
    by_code_lead: `このアドレスに${code_digits}桁の確認コードを送ります。届いたコードを${code_minutes}分以内に入力すると、確認済みになります。`,
    send: '確認コードを送る',
    send_again: '確認コードを送り直す',
    sent: '確認コードを送りました。メールを開いて、下に入力してください。',
    code: '確認コード',
    enter: 'コードを確かめる',
    by_call: '電話で確認する',
    by_call_lead:
      'SMS・電話・FAXを自動で送る仕組みはまだありません。本人以外の人が電話をかけ（FAXは送って）、相手に届いたことを電話で確認して、ここに残します。',
    spoke_to: '話した相手の氏名',
    did_call: '電話をかけ、本人の番号であることを確認した',
    note: '電話での確認を記録する',
    self: 'ご自分の番号は、ご自分では確認できません。同じ機関の別の人か事務局に頼んでください。',
    done: {
      verified: '確認しました',
      rotated: '新しい署名の鍵にしました',
      enabled: 'Webhookへの送信を再開しました',
    },
    back: '連絡先へ戻る',
  },
  en: {
    title: 'Verify an address',
    who: 'Contact',
    address: 'Number or address',
    verified: 'Verified',
    not_verified: 'Not verified',
    tested: 'Tested',
    not_tested: 'Not tested',
    quarantined: 'Stopped: does not arrive',
    mend: 'If the address has changed, change the contact. If the same address works again, verify it here and it is used once more.',
    edit: 'Change the contact',
    by_code: 'Verify with a code',
    by_code_lead: `A code of ${code_digits} digits is sent to this address. Enter it within ${code_minutes} minutes.`,
    send: 'Send the code',
    send_again: 'Send another code',
    sent: 'The code was sent. Open the mail and enter it below.',
    code: 'Code',
    enter: 'Check the code',
    by_call: 'Verify by a call',
    by_call_lead:
      'Nothing here can send an SMS, a call or a fax yet. Somebody else calls the number (or sends the fax), hears from the person that it is theirs, and notes it here.',
    spoke_to: 'Name of the person who answered',
    did_call: 'I called, and the number is theirs',
    note: 'Note the call',
    self: 'You cannot verify your own number. Ask somebody else of your institution, or the secretariat.',
    done: {
      verified: 'Verified',
      rotated: 'The webhook has a new signing secret',
      enabled: 'The webhook is used again',
    },
    back: 'Back to the contacts',
  },
})

export type Done = keyof (typeof texts)['ja']['done']
export const isDone = (word: string | undefined): word is Done => Object.hasOwn(texts.ja.done, word ?? '')

type Props = {
  address: EditedAddress
  /** Of a webhook, its secret and whether it is in use. */
  webhook: WebhookState | null
  /** A code is on its way. */
  is_sent: boolean
  done?: Done | undefined
  values?: Record<string, string>
  problems?: Problems
}

/** How well one address is known, and how to prove it. */
export function AddressPage({ address, webhook, is_sent, done, values = {}, problems = {} }: Props) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const { language, reader } = useReading()
  const { means, verified_at, tested_at, quarantined_at } = address
  const state = (at: Date | null, otherwise: string) =>
    at ? (
      <>
        <Time at={at} with_date /> <Age at={at} beside />
      </>
    ) : (
      otherwise
    )
  return (
    // The secret of a webhook is for those alone who may change it.
    <Layout label={webhook ? labelOf.account : labelOf.contact} title={t.title}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {done && <Banner kind="success" title={t.done[done]} />}
      {quarantined_at && (
        <Banner kind="warning" title={t.quarantined}>
          <p>{address.quarantine_reason}</p>
          <p>{t.mend}</p>
        </Banner>
      )}
      <SummaryList
        items={[
          {
            term: t.who,
            value: named(language, address),
            action: { href: `/contacts/${address.contact_id}`, text: t.edit },
          },
          {
            term: t.address,
            value: `${words.means[means]} ${isNumber(means) ? showPhone(address) : address.address}`,
          },
          {
            term: t.verified,
            value: <Chip look={verified_at ? 'normal' : 'not_reported'}>{state(verified_at, t.not_verified)}</Chip>,
          },
          ...(means === 'mail' ? [{ term: t.tested, value: state(tested_at, t.not_tested) }] : []),
        ]}
      />
      {means === 'mail' && <ByCode {...{ address, is_sent, values, problems }} />}
      {isNumber(means) &&
        (reader?.id === address.person_id ? (
          <p>{t.self}</p>
        ) : (
          <>
            <h2>{t.by_call}</h2>
            <p>{t.by_call_lead}</p>
            <Form action={`/contacts/addresses/${address.id}/call`}>
              <TextInput
                name="spoke_to"
                label={t.spoke_to}
                value={values.spoke_to}
                problem={problems.spoke_to}
                maxLength={60}
                required
              />
              <Checkbox name="did_call" text={t.did_call} problem={problems.did_call} required />
              <Button>{t.note}</Button>
            </Form>
          </>
        ))}
      {webhook && <WebhookSection address_id={address.id} webhook={webhook} />}
      <p>
        <a href={`/institutions/${address.institution_id}/contacts`}>{t.back}</a>
      </p>
    </Layout>
  )
}

function ByCode({ address, is_sent, values, problems }: Required<Omit<Props, 'done' | 'webhook'>>) {
  const t = useTexts(texts)
  return (
    <>
      <h2>{t.by_code}</h2>
      <p>{is_sent ? t.sent : t.by_code_lead}</p>
      {(is_sent || problems.code) && (
        <Form action={`/contacts/addresses/${address.id}/verification`}>
          <TextInput
            name="code"
            label={t.code}
            value={values.code}
            problem={problems.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            width="short"
            required
          />
          <Button>{t.enter}</Button>
        </Form>
      )}
      <form method="post" action={`/contacts/addresses/${address.id}/code`}>
        <Buttons>
          <Button kind={is_sent ? 'text' : 'solid-fill'}>{is_sent ? t.send_again : t.send}</Button>
        </Buttons>
      </form>
    </>
  )
}
