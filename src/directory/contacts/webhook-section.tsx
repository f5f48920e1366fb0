import { overlap_hours } from '#ground/channels/webhook-secret.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { HiddenFields } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import type { WebhookState } from './webhook-state.ts'

const texts = inBoth({
  ja: {
    title: '署名の鍵',
    lead: 'このWebhookへの通知には、Standard Webhooks 1.0の署名（webhook-signature）が付きます。受け取る側のサーバーに次の鍵を設定し、署名を確かめてください。',
    show: '署名の鍵を表示する',
    secret: '今の鍵',
    before: `前の鍵（新しい鍵にしてから${overlap_hours}時間は、両方で署名します）`,
    rotated: '今の鍵にした日時',
    rotate_lead: `鍵が漏れたおそれがあるときや、担当者が替わったときに新しくします。前の鍵も${overlap_hours}時間は有効です。すぐに無効にするには、もう一度新しくしてください。`,
    rotate: '新しい鍵にする',
    disabled: 'このWebhookへの送信は停止中です',
    disabled_why: '相手のサーバーが「410（もうない）」と答えたため、送信を止めました。',
    answer: '相手の答え',
    enable_lead: '相手のサーバーが受け取れるようになったら、再開してください。',
    enable: 'Webhookへの送信を再開する',
  },
  en: {
    title: 'Signing secret',
    lead: 'What is sent to this webhook is signed as Standard Webhooks 1.0 says (webhook-signature). Give the secret to the server that receives it, and let it check the signature.',
    show: 'Show the signing secret',
    secret: 'Secret now',
    before: `Secret before (for ${overlap_hours} hours after a new one, both sign)`,
    rotated: 'In use since',
    rotate_lead: `For when a secret may have leaked, or somebody has left. The one before stays good for ${overlap_hours} hours; to end it at once, make a new one twice.`,
    rotate: 'Make a new secret',
    disabled: 'Nothing is sent to this webhook',
    disabled_why: 'Its server answered 410 (gone), so sending was stopped.',
    answer: 'Answer of the server',
    enable_lead: 'Start again once the server takes messages.',
    enable: 'Send to this webhook again',
  },
})

/** The secret of a webhook for who may change the address, how it is replaced, and how a stopped one is used again. */
export function WebhookSection({ address_id, webhook }: { address_id: string; webhook: WebhookState }) {
  const t = useTexts(texts)
  const { generation, rotated_at, disabled_at, disabled_reason, secrets } = webhook
  const [secret, before] = secrets
  return (
    <>
      {disabled_at && (
        <Banner kind="warning" title={t.disabled}>
          <p>
            <Time at={disabled_at} with_date /> {t.disabled_why} {t.answer}: {disabled_reason}
          </p>
          <p>{t.enable_lead}</p>
          <form method="post" action={`/contacts/addresses/${address_id}/enabling`}>
            <Buttons>
              <Button>{t.enable}</Button>
            </Buttons>
          </form>
        </Banner>
      )}
      <h2>{t.title}</h2>
      <p>{t.lead}</p>
      <Details summary={t.show} id="secret">
        <p>
          {t.secret}: <code>{secret}</code>
        </p>
        {before && (
          <p>
            {t.before}: <code>{before}</code>
          </p>
        )}
        {rotated_at && (
          <p>
            {t.rotated}: <Time at={rotated_at} with_date />
          </p>
        )}
      </Details>
      <p>{t.rotate_lead}</p>
      <form method="post" action={`/contacts/addresses/${address_id}/rotation`}>
        <HiddenFields fields={{ generation: String(generation) }} />
        <Buttons>
          <Button kind="outline">{t.rotate}</Button>
        </Buttons>
      </form>
    </>
  )
}
