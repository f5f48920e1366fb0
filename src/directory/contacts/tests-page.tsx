import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea } from '#ground/html/forms.tsx'
import { Figures, LongText } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import type { ListedTest, TestView } from './silent-tests.ts'
import { test_subject, testLetter, untested_days } from './start-test.ts'

const texts = inBoth({
  ja: {
    title: '連絡先の疎通テスト',
    lead: 'メールアドレスに「テスト」と書いた返信不要のメールを1通ずつ送り、届かないアドレスを見つけます。電話やFAXは対象外です。',
    scope: 'どのアドレスに送るか',
    all: 'すべて',
    untested: `${untested_days}日以上テストしていないもの`,
    chosen: '機関を選ぶ',
    reach: (addresses: number, institutions: number) => `${institutions}機関の${addresses}アドレス`,
    codes: '機関コード（「機関を選ぶ」のとき）',
    codes_hint: 'カンマか改行で区切ります。例：SEC-001, SEC-002',
    sample: '送られるメールを見る',
    sample_name: '（担当者名）',
    start: 'テストメールを送る',
    earlier: 'これまでのテスト',
    none: 'まだテストをしていません',
    none_next: '上の「テストメールを送る」で始めます。',
    none_other: '事務局が始めます。',
    started: '開始',
    by: '開始した人',
    addresses: 'アドレス',
    institutions: '機関',
    result: 'テストの結果',
    sent: 'サーバーが受け取った',
    waiting: '送信待ち',
    perhaps: '到達不明',
    failed: '受け取りを拒否',
    bounced: 'あとから不達',
    troubled: '届かなかったアドレス',
    all_well: '届かなかったアドレスはありません',
    still: (count: number) => `送信中です（残り${count}通）`,
    still_body: '画面は自動で新しくなります。',
    answer: 'サーバーの答え',
    contact: '連絡先',
    institution: '機関',
    back: '疎通テストの一覧へ戻る',
    note: 'サーバーが受け取っても、人が読んだとは限りません。',
  },
  en: {
    title: 'Silent test of addresses',
    lead: 'Sends one mail marked TEST, which needs no answer, to each mail address, and finds those that do not arrive. Phones and faxes are not tested.',
    scope: 'Which addresses',
    all: 'All',
    untested: `Those not tested for ${untested_days} days`,
    chosen: 'Of chosen institutions',
    reach: (addresses: number, institutions: number) => `${addresses} addresses of ${institutions} institutions`,
    codes: 'Codes of institutions (for “chosen institutions”)',
    codes_hint: 'With commas or on lines of their own. For example: SEC-001, SEC-002',
    sample: 'See the mail',
    sample_name: '(name)',
    start: 'Send the test mails',
    earlier: 'Earlier tests',
    none: 'There has been no test yet',
    none_next: 'Start with “Send the test mails” above.',
    none_other: 'The secretariat starts them.',
    started: 'Started',
    by: 'By',
    addresses: 'Addresses',
    institutions: 'Institutions',
    result: 'Result of the test',
    sent: 'Taken by the server',
    waiting: 'Waiting',
    perhaps: 'Perhaps sent',
    failed: 'Refused',
    bounced: 'Came back later',
    troubled: 'Addresses that do not arrive',
    all_well: 'There is no address that does not arrive',
    still: (count: number) => `Being sent (${count} to go)`,
    still_body: 'This page updates itself.',
    answer: 'What the server said',
    contact: 'Contact',
    institution: 'Institution',
    back: 'Back to the tests',
    note: 'That a server took it does not mean that a person read it.',
  },
})

type Reach = { addresses: number; institutions: number }
type Props = {
  tests: ListedTest[]
  /** What a test would reach now; null for who may not start one. */
  reach: { all: Reach; untested: Reach } | null
  values: Record<string, string>
  problems?: Problems
}

export function TestsPage({ tests, reach, values, problems = {} }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const hint = ({ addresses, institutions }: Reach) => t.reach(addresses, institutions)
  return (
    <Layout title={t.title} live={['/contacts/tests']}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      {reach && (
        <Form action="/contacts/tests">
          <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
          <Radios
            name="scope"
            legend={t.scope}
            value={values.scope}
            problem={problems.scope}
            required
            choices={[
              { value: 'all', text: t.all, hint: hint(reach.all) },
              { value: 'untested', text: t.untested, hint: hint(reach.untested) },
              { value: 'chosen', text: t.chosen },
            ]}
          />
          <TextArea
            name="codes"
            label={t.codes}
            hint={t.codes_hint}
            value={values.codes}
            problem={problems.codes}
            rows={2}
          />
          <Details summary={t.sample}>
            <p>
              <b>{test_subject}</b>
            </p>
            <LongText>{testLetter(t.sample_name)}</LongText>
          </Details>
          <Button>{t.start}</Button>
        </Form>
      )}
      <DataTable
        caption={t.earlier}
        rows={tests}
        rowKey={({ id }) => id}
        empty={<Empty title={t.none}>{reach ? t.none_next : t.none_other}</Empty>}
        columns={[
          {
            head: t.started,
            cell: ({ id, started_at }) => (
              <a href={`/contacts/tests/${id}`}>
                <Time at={started_at} with_date />
              </a>
            ),
          },
          { head: t.by, cell: (test) => named(language, test) },
          { head: t.institutions, cell: ({ institutions }) => institutions, numeric: true },
          { head: t.addresses, cell: ({ addresses }) => addresses, numeric: true },
        ]}
      />
    </Layout>
  )
}

export function TestPage({ test }: { test: TestView }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const figures = (['sent', 'waiting', 'perhaps', 'failed', 'bounced'] as const).map((state) => ({
    term: t[state],
    figure: test[state],
  }))
  return (
    <Layout title={t.result} mode="test" live={[`/contacts/tests/${test.id}`]}>
      <h1>{t.result}</h1>
      <p>
        <Time at={test.started_at} with_date /> {named(language, test)} {t.reach(test.addresses, test.institutions)}
      </p>
      {test.waiting > 0 && (
        <Banner kind="info" title={t.still(test.waiting)}>
          <p>{t.still_body}</p>
        </Banner>
      )}
      <Figures items={figures} />
      <p>{t.note}</p>
      <DataTable
        caption={t.troubled}
        rows={test.troubled}
        rowKey={({ id }) => id}
        empty={<p>{t.all_well}</p>}
        columns={[
          {
            head: t.institution,
            cell: (row) => <a href={`/institutions/${row.institution_id}/contacts`}>{named(language, row)}</a>,
          },
          {
            head: t.contact,
            cell: ({ contact_ja, contact_en, address }) =>
              `${named(language, { name_ja: contact_ja, name_en: contact_en })} ${address}`,
          },
          {
            head: t.answer,
            cell: ({ state, answer }) => (
              <>
                <Chip look={state === 'perhaps' ? 'perhaps' : 'failed'}>
                  {state === 'perhaps' ? t.perhaps : state === 'bounced' ? t.bounced : t.failed}
                </Chip>{' '}
                {answer}
              </>
            ),
          },
        ]}
      />
      <p>
        <a href="/contacts/tests">{t.back}</a>
      </p>
    </Layout>
  )
}
