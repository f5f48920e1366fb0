import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { toCivilInput } from '#ground/html/civil.ts'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { may } from '#ground/rights/may.ts'
import type { Suspicion } from './refused.ts'

const texts = inBoth({
  ja: {
    title: 'メールサーバーの拒否が疑わしい状態です',
    since: 'いつから：',
    last: '最後の拒否：',
    what: (institutions: number, addresses: number) =>
      `${institutions}機関の${addresses}件の宛先が、短い時間に「存在しない」と拒否されました。メールサーバーの設定の誤りかもしれないため、どの宛先も止めていません。拒否された通知は、次の手段で送っています。`,
    next: 'サーバーの担当者に確かめてください。サーバーの誤りなら下を押してください。本当に無くなった宛先なら、一覧から止められます。',
    answer: '相手側の応答：',
    lift: 'すべての宛先の利用を続ける',
    list: '拒否された宛先を見る',
  },
  en: {
    title: 'The mail server’s refusals cannot be believed',
    since: 'Since: ',
    last: 'Last refusal: ',
    what: (institutions: number, addresses: number) =>
      `${addresses} addresses of ${institutions} institutions were refused within minutes, as if there were no such mailboxes. The mail server may be set up wrongly, so no address was stopped. What was refused goes out the next way.`,
    next: 'Ask those who run the server. If it was wrong, press below. If the addresses are really gone, stop them on the list.',
    answer: 'The other side said: ',
    lift: 'Go on using all of them',
    list: 'See the refused addresses',
  },
})

/** Says in red that the mail server refuses addresses of several institutions, and lets the desk use all of them again in one press. */
export function SuspectRelay({ suspicion }: { suspicion: Suspicion }) {
  const t = useTexts(texts)
  const { reader } = useReading()
  const { since, why, institutions, addresses, last_at } = suspicion
  return (
    <Banner kind="error" title={t.title}>
      <p>
        {t.since}
        <Time at={since} /> {last_at && t.last}
        {last_at && <Time at={last_at} />}
      </p>
      <p>{t.what(institutions, addresses)}</p>
      <p>
        {t.answer}
        {why}
      </p>
      {reader && may(reader, 'address.lift') && (
        <>
          <p>{t.next}</p>
          <Form action="/deliveries/refused">
            <HiddenFields fields={{ since: toCivilInput(since), decision: 'lift' }} />
            <Button kind="outline">{t.lift}</Button>
          </Form>
        </>
      )}
      <p>
        <a href="/deliveries/refused">{t.list}</a>
      </p>
    </Banner>
  )
}
