import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { may } from '#ground/rights/may.ts'
import type { HeldSending as Held, Waiting } from './resume-sending.ts'

const texts = inBoth({
  ja: {
    title: '送信を止めています',
    silence: '送信の処理が長いあいだ止まっていたため、たまっていたものを自動では送りません。最後に動いていた時刻：',
    copy: 'このデータベースは、別のデータベースの写し（復元など）です。元の環境ですでに送ったものを、もう一度送らないよう止めています。最後に動いていた時刻：',
    waiting: ({ deliveries, steps, letters }: Waiting) =>
      `待っているもの：通知の配信 ${deliveries}件、次の段階の連絡 ${steps}件、お知らせのメール ${letters}件。新しい通知も、再開するまで送りません。`,
    next: '古い依頼なら、先にその事案や照会を終えてから再開してください。急ぐときは電話してください。',
    go: ({ deliveries, steps, letters }: Waiting) => `送信を再開する（${deliveries + steps + letters}件）`,
    other: '再開は事務局が決めます。',
  },
  en: {
    title: 'Sending is stopped',
    silence:
      'The background work had stood still for long, so that what has gathered does not go out by itself. It last worked at: ',
    copy: 'This database is a copy of another one (a restore, for example). What was sent from there already is not to go out twice. It last worked at: ',
    waiting: ({ deliveries, steps, letters }: Waiting) =>
      `Waiting: ${deliveries} messages of notices, ${steps} next steps of escalation, ${letters} letters. New notices wait, too, until it goes on.`,
    next: 'If these are old requests, close their situation or round first, then go on. If it is urgent, call.',
    go: ({ deliveries, steps, letters }: Waiting) => `Go on sending (${deliveries + steps + letters})`,
    other: 'The secretariat decides when it goes on.',
  },
})

/** That nothing goes out until the desk says so: why, what waits, and the press that lets it go. */
export function HeldSending({ held }: { held: Held }) {
  const t = useTexts(texts)
  const { reader } = useReading()
  if (!held) return null
  return (
    <Banner kind="error" title={t.title}>
      <p>
        {t[held.reason]}
        <Time at={held.silent_since} />
      </p>
      <p>{t.waiting(held.waiting)}</p>
      {reader && may(reader, 'sending.resume') ? (
        <>
          <p>{t.next}</p>
          <Form action="/sending">
            <Buttons>
              <Button kind="outline">{t.go(held.waiting)}</Button>
            </Buttons>
          </Form>
        </>
      ) : (
        <p>{t.other}</p>
      )}
    </Banner>
  )
}
