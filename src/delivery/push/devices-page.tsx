import { asset } from '#ground/html/assets.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form, HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { Devices } from './queries.ts'
import { device_name_max, devices_max, type SubscribeFailure } from './subscribe.ts'

const texts = inBoth({
  ja: {
    title: 'プッシュ通知',
    lead: '事務局・対策本部からのお知らせを、サインインしていないときもこの端末に表示します。件名と本文の始めがロック画面にも出ることがあります。サインアウトのボタンを押した端末では、通知も止まります（時間切れのサインアウトでは止まりません）。',
    here: 'この端末に通知を受け取る',
    device_name: '端末の名前',
    device_name_hint: '例：業務用スマートフォン。空欄でもかまいません。',
    instead:
      'このブラウザでは通知を受け取れません。JavaScriptを使える新しいChrome・Edge・Firefox・Safariで、このページを開いてください。iPhone・iPadでは、このサイトを「ホーム画面に追加」し、そのアイコンから開いてください。通知がなくても、メールなどほかの手段の連絡は届きます。',
    denied: '通知が許可されていません。ブラウザの設定で、このサイトの通知を許可してから、もう一度押してください。',
    broken: 'この端末で通知を受け取れるようにできませんでした。通信を確かめて、もう一度お試しください。',
    devices: '通知を受け取る端末',
    none: '通知を受け取る端末はまだありません',
    none_next: '連絡はメールなどほかの手段で届きます。',
    this_one: 'この端末',
    started: '受け取り始めた日時',
    last: '最後の通知',
    never: 'まだありません',
    act: '操作',
    end: '通知を止める',
    failed: {
      broken: 'この端末を登録できませんでした',
      taken: 'この端末は別の人の端末として登録されています。もう一度ボタンを押すと、登録し直します',
      full: `登録できる端末は${devices_max}台までです。使わない端末の通知を止めてから、お試しください`,
    },
    gone: '通知が届かなくなった端末があります',
    gone_why: 'その端末でこのページを開き、もう一度「この端末に通知を受け取る」を押してください。',
    done: { added: 'この端末に通知を受け取ります', ended: 'プッシュ通知を止めました' },
    back: 'サインインの方法へ',
  },
  en: {
    title: 'Push messages',
    lead: 'Shows what the secretariat and the command centre tell you on this device, even while you are not signed in. The subject and the first lines may appear on the lock screen. On a device where you press “sign out”, notifications stop, too; they go on when a session merely runs out.',
    here: 'Take notifications on this device',
    device_name: 'Name of the device',
    device_name_hint: 'For example: office phone. May be left empty.',
    instead:
      'This browser cannot take notifications. Open this page in a recent Chrome, Edge, Firefox or Safari with JavaScript. On an iPhone or iPad, add this site to the Home Screen and open it from there. Without notifications you are still reached by mail and the other means.',
    denied: 'Notifications are not allowed. Allow them for this site in the settings of the browser, then press again.',
    broken: 'This device could not be set up for notifications. Check the connection and try again.',
    devices: 'Devices that take notifications',
    none: 'No device takes notifications yet',
    none_next: 'You are reached by mail and the other means.',
    this_one: 'This device',
    started: 'Since',
    last: 'Last notification',
    never: 'None yet',
    act: 'Act',
    end: 'Stop notifications',
    failed: {
      broken: 'This device was not registered',
      taken: 'This device is registered as somebody else’s. Press the button once more to register it anew',
      full: `At most ${devices_max} devices can be registered. Stop one that you no longer use, then try again`,
    },
    gone: 'Some devices no longer take notifications',
    gone_why: 'Open this page on that device and press “Take notifications on this device” again.',
    done: { added: 'This device takes notifications now', ended: 'Notifications to the device were stopped' },
    back: 'Ways to sign in',
  },
})

export type Done = keyof (typeof texts)['ja']['done']
export const isDone = (word: string | undefined): word is Done => Object.hasOwn(texts.ja.done, word ?? '')

type Props = Devices & {
  /** The market's key for push services, which a browser asks for. */
  public_key: string
  device_name?: string | undefined
  done?: Done | undefined
  failed?: SubscribeFailure
}

/** A person's devices that take notifications, and a button for this one. Without a script it says what is needed. */
export function DevicesPage({ devices, gone, public_key, device_name, done, failed }: Props) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title} label={labelOf.account}>
      <h1>{t.title}</h1>
      {done && <Banner kind="success" title={t.done[done]} />}
      {failed && <Banner kind="error" title={t.failed[failed]} />}
      {gone.length > 0 && (
        <Banner kind="warning" title={t.gone}>
          <ul>
            {gone.map(({ id, device_name, ended_at }) => (
              <li key={id}>
                {device_name} {ended_at && <Time at={ended_at} with_date />}
              </li>
            ))}
          </ul>
          <p>{t.gone_why}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      <script type="module" src={asset('push.js')} />
      <div
        hidden
        data-push={public_key}
        data-renew={failed === 'taken' ? '' : undefined}
        data-denied={t.denied}
        data-broken={t.broken}
      >
        <Form action="/account/notifications">
          <HiddenFields fields={{ endpoint: '', p256dh: '', auth: '' }} />
          <TextInput
            name="device_name"
            label={t.device_name}
            hint={t.device_name_hint}
            value={device_name}
            width="half"
            maxLength={device_name_max}
          />
          <button type="button" className="dads-button" data-type="solid-fill" data-size="lg">
            {t.here}
          </button>
          <p role="alert" className="dads-form-control-label__error-text" />
        </Form>
      </div>
      <p data-without-push="">{t.instead}</p>
      <DataTable
        caption={t.devices}
        rows={devices}
        rowKey={({ id }) => id}
        empty={<Empty title={t.none}>{t.none_next}</Empty>}
        columns={[
          {
            head: t.device_name,
            cell: ({ device_name, mark }) => (
              <>
                {device_name}{' '}
                <b hidden data-device={mark}>
                  {t.this_one}
                </b>
              </>
            ),
          },
          { head: t.started, cell: ({ created_at }) => <Time at={created_at} with_date /> },
          { head: t.last, cell: ({ last_sent_at }) => (last_sent_at ? <Time at={last_sent_at} with_date /> : t.never) },
          {
            head: t.act,
            cell: ({ id, device_name }) => (
              <Form action={`/account/notifications/${id}/end`}>
                <Button kind="outline" size="md">
                  {t.end}
                  <span className="dads-visually-hidden"> {device_name}</span>
                </Button>
              </Form>
            ),
          },
        ]}
      />
      <p>
        <a href="/account">{t.back}</a>
      </p>
    </Layout>
  )
}
