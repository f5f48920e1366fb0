import { together_minutes } from '#directory/contacts/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { toCivilInput } from '#ground/html/civil.ts'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { RefusedLine, Suspicion } from './refused.ts'

const texts = inBoth({
  ja: {
    title: '拒否された連絡手段',
    lead: `メールサーバーが「存在しない」と拒否した宛先です。1機関だけなら自動で利用を停止し、${together_minutes}分以内に3機関以上、または1通の通知の宛先の5%を超えて拒否されたとき、または2機関以上が拒否されてその間にほかのメールが1通も受け取られていないときは、サーバーの誤りかもしれないため停止しません。`,
    suspect: 'メールサーバーの拒否が疑わしいため、いまはどの宛先も自動で停止しません',
    decide: 'まとめて決める',
    since: 'いつから（この時刻以降に拒否・停止された宛先）',
    decision: 'どうしますか',
    lift: 'サーバーの誤りだった。すべて利用を再開する',
    stop: '本当に無くなった宛先だった。すべて利用を停止する',
    act: '決める',
    lifted: (count: number) => `${count}件の宛先の利用を再開しました`,
    stopped: (count: number) => `${count}件の宛先の利用を停止しました`,
    caption: '拒否された宛先（新しいものから）',
    institution: '機関',
    contact: '連絡先',
    at: '拒否された時刻',
    answer: '相手側の応答',
    state: '状態',
    is_stopped: '停止中',
    in_use: '利用中',
    empty: '拒否された宛先はありません',
    empty_next: '届かない連絡先がないかは、疎通テストで確かめられます。',
    gaps: '連絡先の空白へ',
  },
  en: {
    title: 'Refused addresses',
    lead: `Addresses that a mail server refused as unknown. Those of one institution are stopped by themselves; when three institutions or more, or over 5% of what one notice went to, are refused within ${together_minutes} minutes, or two institutions or more while no other mail is taken, the server may be wrong and none is stopped.`,
    suspect: 'The mail server’s refusals cannot be believed now: no address is stopped by itself',
    decide: 'Decide on all of them',
    since: 'Since when (addresses refused or stopped from then on)',
    decision: 'What was it?',
    lift: 'The server was wrong: use all of them again',
    stop: 'The addresses are really gone: stop all of them',
    act: 'Decide',
    lifted: (count: number) => `${count} addresses are used again`,
    stopped: (count: number) => `${count} addresses are stopped`,
    caption: 'Refused addresses, the latest first',
    institution: 'Institution',
    contact: 'Contact',
    at: 'Refused at',
    answer: 'Answer of the other side',
    state: 'State',
    is_stopped: 'Stopped',
    in_use: 'In use',
    empty: 'No address was refused',
    empty_next: 'A silent test finds addresses that do not arrive.',
    gaps: 'Go to the gaps in the rosters',
  },
})

type Props = {
  found: Paged<RefusedLine>
  suspicion: Suspicion | null
  done: { what: 'lifted' | 'stopped'; count: number } | null
  values: Record<string, string>
  problems: Problems
}

/** What servers refuse as unknown, and one decision about all that were refused since a time. */
export function RefusedPage({ found, suspicion, done, values, problems }: Props) {
  const t = useTexts(texts)
  const { language, reader, now } = useReading()
  const since = suspicion?.since ?? found.rows.at(-1)?.refused_at ?? now
  return (
    <Layout title={t.title} label={labelOf.contact} live="/home" wide>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      {done && <Banner kind="success" title={t[done.what](done.count)} />}
      <p>{t.lead}</p>
      {suspicion && <Banner kind="error" title={t.suspect} />}
      {reader && may(reader, 'address.lift') && (suspicion || found.rows.length > 0) && (
        <section aria-labelledby="decide">
          <h2 id="decide">{t.decide}</h2>
          <Form action="/deliveries/refused">
            <TextInput
              name="since"
              type="datetime-local"
              label={t.since}
              value={values.since ?? toCivilInput(since)}
              problem={problems.since}
              required
            />
            <Radios
              name="decision"
              legend={t.decision}
              choices={[
                { value: 'lift', text: t.lift },
                { value: 'stop', text: t.stop },
              ]}
              value={values.decision}
              problem={problems.decision}
            />
            <Button>{t.act}</Button>
          </Form>
        </section>
      )}
      <Listing
        path="/deliveries/refused"
        caption={t.caption}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        columns={[
          {
            head: t.institution,
            cell: (row) => <a href={`/institutions/${row.institution_id}/contacts`}>{named(language, row)}</a>,
          },
          {
            head: t.contact,
            cell: ({ contact_ja, contact_en, address }) => (
              <>
                {named(language, { name_ja: contact_ja, name_en: contact_en })}
                <br />
                {address}
              </>
            ),
          },
          { head: t.at, cell: ({ refused_at }) => refused_at && <Time at={refused_at} with_date /> },
          {
            head: t.state,
            cell: ({ quarantined_at }) => (
              <Chip look={quarantined_at ? 'stopped' : 'normal'}>{quarantined_at ? t.is_stopped : t.in_use}</Chip>
            ),
          },
          { head: t.answer, cell: ({ refusal }) => refusal },
        ]}
      />
      <p>
        <a href="/contacts/gaps">{t.gaps}</a>
      </p>
    </Layout>
  )
}
