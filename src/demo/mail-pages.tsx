import { ButtonLink } from '#ground/html/button.tsx'
import { TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { modeWords } from '#ground/html/modes.ts'
import { useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Age, Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Counted } from '#ground/lists/paged.ts'
import type { DemoMailView } from './mails.ts'

const texts = inBoth({
  ja: {
    title: 'デモのメール',
    lead: 'デモでは、送られたメールはすべてこの機械の中だけで受け取り、ここに表示します。だれにも届きません。',
    count: (count: number) => `${count}通（新しい順）`,
    search: '宛先のアドレス',
    act: '宛先で絞り込む',
    all: 'すべてのメールを見る',
    subject: '件名',
    no_subject: '（件名なし）',
    to: '宛先',
    from: '送信元',
    arrived: '受信',
    date: '送信日時',
    mode: '区分',
    auto: '自動送信',
    empty: 'メールはまだありません',
    empty_next: '事務局としてサインインし、事案を開いて「全機関に状況報告を依頼する」を押すと、ここに届きます。',
    empty_to: 'この宛先へのメールはありません',
    back: 'メールの一覧に戻る',
    text: '本文（テキスト）',
    html: '本文（HTML）',
    html_hint: 'メールソフトでの見え方です。リンクは上のテキストから開いてください。',
  },
  en: {
    title: 'Demo mail',
    lead: 'In a demo every mail is taken by this machine alone and shown here. It reaches nobody.',
    count: (count: number) => `${count} mails, newest first`,
    search: 'Recipient address',
    act: 'Show mails to this address',
    all: 'See all mails',
    subject: 'Subject',
    no_subject: '(no subject)',
    to: 'To',
    from: 'From',
    arrived: 'Arrived',
    date: 'Date',
    mode: 'Mode',
    auto: 'Auto-Submitted',
    empty: 'No mails yet',
    empty_next:
      'Sign in as the secretariat, open a situation and press "Ask all institutions to report": the mails arrive here.',
    empty_to: 'No mails to this address',
    back: 'Back to the list',
    text: 'Plain text',
    html: 'HTML',
    html_hint: 'As a mail program shows it. Open links from the plain text above.',
  },
})

export function MailsPage({ found, to }: { found: Counted<DemoMailView>; to: string }) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      {to && (
        <p>
          <a href="/demo/mail">{t.all}</a>
        </p>
      )}
      <Listing
        path="/demo/mail"
        caption={t.count(found.count)}
        found={found}
        rowKey={({ name }) => name}
        empty={{ title: t.empty, next: t.empty_next }}
        asked={{ to }}
        search={{
          act: t.act,
          nothing: { title: t.empty_to, next: t.empty_next, all: t.all },
          fields: <TextInput type="email" name="to" label={t.search} value={to} width="half" />,
        }}
        columns={[
          {
            head: t.subject,
            cell: ({ name, subject }) => (
              <a href={`/demo/mail/${name}`} lang="ja">
                {subject || t.no_subject}
              </a>
            ),
          },
          { head: t.to, cell: (mail) => mail.to },
          {
            head: t.arrived,
            cell: ({ arrived_at }) => <Age at={arrived_at} />,
          },
        ]}
      />
    </Layout>
  )
}

export function MailPage({ mail, origin }: { mail: DemoMailView; origin: string }) {
  const t = useTexts(texts)
  const modes = useTexts(modeWords)
  return (
    <Layout title={mail.subject || t.no_subject}>
      <h1 lang="ja">{mail.subject || t.no_subject}</h1>
      <SummaryList
        items={[
          { term: t.to, value: mail.to },
          { term: t.from, value: mail.from },
          { term: t.arrived, value: <Time at={mail.arrived_at} with_date with_seconds /> },
          { term: t.date, value: mail.date },
          { term: 'Message-ID', value: mail.message_id },
          { term: t.mode, value: modes[mail.mode as keyof typeof modes] ?? mail.mode },
          { term: t.auto, value: mail.auto_submitted },
        ]}
      />
      <h2>{t.text}</h2>
      <blockquote lang="ja">
        <LinkedText text={mail.text} origin={origin} />
      </blockquote>
      {mail.html !== null && (
        <>
          <h2>{t.html}</h2>
          <p className="dads-note">{t.html_hint}</p>
          <iframe sandbox="" src={`/demo/mail/${mail.name}/html`} title={t.html} width="100%" height="640" />
        </>
      )}
      <ButtonLink href="/demo/mail">{t.back}</ButtonLink>
    </Layout>
  )
}

/** The text as it came; addresses of this portal, and no others, can be pressed. */
const LinkedText = ({ text, origin }: { text: string; origin: string }) =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line, number) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a fixed text, rendered once
      <span key={number}>
        {number > 0 && <br />}
        {line.split(/(https?:\/\/[^\s<>"']+)/).map((piece, index) =>
          index % 2 === 1 && isOurs(piece, origin) ? (
            <a key={piece} href={piece}>
              {piece}
            </a>
          ) : (
            piece
          ),
        )}
      </span>
    ))

const isOurs = (address: string, origin: string) => URL.canParse(address) && new URL(address).origin === origin
