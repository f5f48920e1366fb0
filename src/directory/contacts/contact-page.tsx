import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Checkboxes } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { Diff, type Difference } from '#ground/html/diff.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { AddressRow } from './address-row.tsx'
import type { ContactValues } from './contact-values.ts'
import type { ContactView } from './queries.ts'
import { contactWords, duties, hours } from './words.ts'

const texts = inBoth({
  ja: {
    add: '連絡先を追加する',
    edit: (name: string) => `${name}さんの連絡先を直す`,
    save: '連絡先を保存する',
    name_ja: '氏名',
    name_en: '英語名',
    reading: 'よみ（かな）',
    reading_hint: '探すときに使います。',
    title: '役職',
    ways: '連絡手段',
    ways_hint:
      '上から順に試します。空欄にすると、その連絡手段は名簿から外れます。変えた連絡手段は「未確認」に戻ります。',
    who: '氏名と役割',
    duties: '担当',
    hours: '連絡がつく時間',
    hours_hint: '営業時間内は取引所の営業日の8:45〜17:15、休業日は土日・祝日・12月31日〜1月3日です。',
    first: '初動要員',
    first_hint: '夜間・休業日に最初に動く人です。',
    called_by: '誰から連絡を受けるか',
    called_by_hint: '緊急連絡網で、この人に電話を回す人です。',
    by_desk: '事務局から直接',
    changed: '他の人が先にこの連絡先を変更しました',
    changed_body: '左が今の登録、右があなたの入力です。もう一度「保存する」を押すと、あなたの入力になります。',
    discard: '入力を捨てて、今の登録を見る',
    void: '送信済みの回答用リンクを無効にする',
    void_body: (name: string) =>
      `端末の紛失や誤った転送のときに押します。${name}さんにこれまでに送った通知のリンクと返信は、貴機関の回答として扱わず、事務局が確認します。これから送る通知のリンクは使えます。`,
    remove: '名簿から外す',
    remove_body: (name: string) => `${name}さんを連絡先から外します。サインインのアカウントはそのまま残ります。`,
    back: '連絡先へ戻る',
    nothing: '―',
    between: '、',
    same: '違いはありません。',
  },
  en: {
    add: 'Add a contact',
    edit: (name: string) => `Change ${name}`,
    save: 'Save this contact',
    name_ja: 'Name (Japanese)',
    name_en: 'Name in English',
    reading: 'Reading (kana)',
    reading_hint: 'Used for searching.',
    title: 'Title',
    ways: 'Ways to reach',
    ways_hint:
      'They are tried from the top. Empty one to take it out of the directory. A changed one is no longer verified.',
    who: 'Name and duties',
    duties: 'Duties',
    hours: 'When they can be reached',
    hours_hint:
      'Business hours are 8:45 to 17:15 on trading days; holidays are weekends, national holidays and 31 December to 3 January.',
    first: 'First responder',
    first_hint: 'Who acts first at night or on holidays.',
    called_by: 'Who passes the call on to them',
    called_by_hint: 'In the call tree.',
    by_desk: 'The secretariat itself',
    changed: 'Somebody else has changed this contact first',
    changed_body: 'On the left what is registered now, on the right what you entered. Save again to keep yours.',
    discard: 'Throw mine away and see what is registered',
    void: 'Make the answer links sent so far void',
    void_body: (name: string) =>
      `When a phone was lost or a mail passed on. Links of notices sent to ${name} so far, and replies to them, no longer answer for the institution; the secretariat looks at them. Links of notices still to come work.`,
    remove: 'Remove from the directory',
    remove_body: (name: string) => `${name} is no longer a contact. Their account to sign in stays.`,
    back: 'Back to the contacts',
    nothing: '–',
    between: ', ',
    same: 'There is no difference.',
  },
})

type Props = {
  institution_id: string
  /** None for a contact to add. */
  contact?: ContactView | undefined
  others: readonly ContactView[]
  values: ContactValues
  problems?: Problems
  /** What is registered now, when somebody else changed it while this form was open. */
  registered?: ContactValues | undefined
}

/** The form of one contact. What changes most, the numbers, comes first. */
export function ContactPage({ institution_id, contact, others, values, problems = {}, registered }: Props) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const { language } = useReading()
  const title = contact ? t.edit(named(language, contact)) : t.add
  const field = (name: 'name_ja' | 'name_en' | 'reading' | 'title' | 'called_by') => ({
    name,
    label: t[name],
    value: values[name],
    problem: problems[name],
  })
  const choices = <T extends string>(order: readonly T[], of: Record<T, string>) =>
    order.map((value) => ({ value, text: of[value] }))
  const name = <TextInput {...field('name_ja')} maxLength={60} autoComplete="off" required />
  return (
    <Layout label={labelOf.contact} title={title}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      {registered && contact && (
        <Banner kind="warning" title={t.changed}>
          <p>{t.changed_body}</p>
          <Differences before={registered} after={values} others={others} />
          <p>
            <a href={`/contacts/${contact.id}`}>{t.discard}</a>
          </p>
        </Banner>
      )}
      <Form action={contact ? `/contacts/${contact.id}` : `/institutions/${institution_id}/contacts`}>
        <HiddenFields fields={contact ? { version: values.version } : { key: values.key }} />
        {!contact && name}
        <h2>{t.ways}</h2>
        <p>{t.ways_hint}</p>
        {values.rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place of a row in the form is its name
          <AddressRow key={index} index={index} row={row} problems={problems} />
        ))}
        <h2>{t.who}</h2>
        {contact && name}
        <TextInput {...field('reading')} hint={t.reading_hint} maxLength={60} />
        <TextInput {...field('name_en')} maxLength={60} />
        <TextInput {...field('title')} maxLength={100} />
        <Checkboxes name="duties" legend={t.duties} choices={choices(duties, words.duties)} values={values.duties} />
        <Checkboxes
          name="hours"
          legend={t.hours}
          hint={t.hours_hint}
          problem={problems.hours}
          choices={choices(hours, words.hours)}
          values={values.hours}
          required
        />
        <Checkboxes
          name="first_responder"
          legend={t.first}
          hint={t.first_hint}
          problem={problems.first_responder}
          choices={choices(['night', 'holiday'], words.first)}
          values={values.first_responder}
        />
        <Select
          {...field('called_by')}
          hint={t.called_by_hint}
          empty={t.by_desk}
          options={others.map((other) => ({ value: other.id, text: named(language, other) }))}
        />
        <Button>{t.save}</Button>
      </Form>
      {contact && (
        <Details summary={t.void}>
          <p>{t.void_body(named(language, contact))}</p>
          <form method="post" action={`/contacts/${contact.id}/voided-links`}>
            <Button kind="outline">{t.void}</Button>
          </form>
        </Details>
      )}
      {contact && others.length > 0 && (
        <Details summary={t.remove}>
          <p>{t.remove_body(named(language, contact))}</p>
          <form method="post" action={`/contacts/${contact.id}/removal`}>
            <Button kind="outline" danger>
              {t.remove}
            </Button>
          </form>
        </Details>
      )}
      <p>
        <a href={`/institutions/${institution_id}/contacts`}>{t.back}</a>
      </p>
    </Layout>
  )
}

function Differences({
  before,
  after,
  others,
}: {
  before: ContactValues
  after: ContactValues
  others: readonly ContactView[]
}) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const { language } = useReading()
  const shown = (values: ContactValues): Record<string, string> => ({
    [t.name_ja]: values.name_ja,
    [t.name_en]: values.name_en,
    [t.reading]: values.reading,
    [t.title]: values.title,
    [t.duties]: duties
      .filter((one) => values.duties.includes(one))
      .map((one) => words.duties[one])
      .join(t.between),
    [t.hours]: hours
      .filter((one) => values.hours.includes(one))
      .map((one) => words.hours[one])
      .join(t.between),
    [t.first]: (['night', 'holiday'] as const)
      .filter((one) => values.first_responder.includes(one))
      .map((one) => words.first[one])
      .join(t.between),
    [t.called_by]: values.called_by
      ? named(language, others.find(({ id }) => id === values.called_by) ?? { name_ja: '', name_en: null })
      : t.by_desk,
    [t.ways]: values.rows
      .filter(({ address }) => address.trim() !== '')
      .map(({ means, address }) => `${words.means[means as keyof typeof words.means] ?? ''} ${address}`)
      .join('\n'),
  })
  const [now, mine] = [shown(before), shown(after)]
  const differences = Object.keys(now)
    .filter((what) => now[what] !== mine[what])
    .map(
      (what): Difference => ({
        kind: 'changed',
        what,
        before: now[what] || t.nothing,
        after: mine[what] || t.nothing,
      }),
    )
  return differences.length > 0 ? <Diff differences={differences} /> : <p>{t.same}</p>
}
