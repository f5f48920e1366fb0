import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { LabelMark, labelWords } from '#ground/html/label.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { Pagination } from '#ground/html/pagination.tsx'
import { type Reading, useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelNames, labelOf, labels } from '#ground/rights/labels.ts'
import type { ListedNotice, NoticeView } from './queries.ts'
import { dayWords, issuedWords } from './words.ts'

const texts = inBoth({
  ja: {
    list: '通達',
    lead: '省庁や当局から届いた文書です。登録したものは変更できません。',
    register: '通達を登録する',
    newest: '新しいものから',
    empty: '通達はまだありません',
    empty_next: '省庁や当局から文書が届いたら、事務局が登録します。',
    title: '件名',
    issuer_hint: '文書を出した省庁・当局の名称',
    reference_hint: 'なければ空欄のままにします。',
    body: '本文',
    situation: '関係する事案',
    situation_hint: '訓練の事案を選ぶと、この通達も訓練として扱われます。',
    none: 'なし',
    label: '共有範囲',
    label_hint: '届いた文書に指定があれば、それに合わせます。',
    registered: '登録',
    pass_on: '会員へ転送する',
    back: '通達の一覧へ戻る',
  },
  en: {
    list: 'Official notices',
    lead: 'Documents from ministries and authorities. Once registered they cannot be changed.',
    register: 'Register a notice',
    newest: 'The newest first',
    empty: 'There are no official notices yet',
    empty_next: 'When a ministry or authority sends a document, the secretariat registers it.',
    title: 'Title',
    issuer_hint: 'The ministry or authority that issued the document',
    reference_hint: 'Leave empty if there is none.',
    body: 'Text',
    situation: 'Situation',
    situation_hint: 'If you choose an exercise, this notice belongs to the exercise too.',
    none: 'None',
    label: 'Who may read it',
    label_hint: 'As the document itself says, if it does.',
    registered: 'Registered',
    pass_on: 'Pass it on to members',
    back: 'Back to the official notices',
  },
})

type ListProps = { notices: ListedNotice[]; page: number; hasMore: boolean; mayRegister: boolean }

export function OfficialNoticesPage({ notices, page, hasMore, mayRegister }: ListProps) {
  const t = useTexts(texts)
  const words = useTexts(issuedWords)
  const { language } = useReading()
  return (
    <Layout title={t.list} live="/official-notices">
      <h1>{t.list}</h1>
      <p>{t.lead}</p>
      {mayRegister && (
        <ButtonLink href="/official-notices/new" kind="solid-fill">
          {t.register}
        </ButtonLink>
      )}
      <DataTable
        caption={t.newest}
        rows={notices}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          {
            head: t.title,
            cell: ({ id, mode, title }) => <a href={`/official-notices/${id}`}>{markedTitle(language, mode, title)}</a>,
          },
          { head: words.issuer, cell: ({ issuer }) => issuer },
          { head: words.reference, cell: ({ reference }) => reference || '—' },
          { head: words.issued_on, cell: ({ issued_on }) => <Day date={issued_on} /> },
          { head: t.label, cell: ({ label }) => <LabelMark label={label} /> },
        ]}
      />
      <Pagination page={page} pages={hasMore ? page + 1 : page} href={(number) => `/official-notices?page=${number}`} />
    </Layout>
  )
}

export function OfficialNoticePage({ notice, may_pass_on }: { notice: NoticeView; may_pass_on: boolean }) {
  const t = useTexts(texts)
  const words = useTexts(issuedWords)
  const { language } = useReading()
  const situation = notice.title_ja ? (language === 'en' && notice.title_en) || notice.title_ja : null
  return (
    <Layout title={notice.title} mode={notice.mode} label={notice.label}>
      <h1>{markedTitle(language, notice.mode, notice.title)}</h1>
      <SummaryList
        items={[
          { term: words.issuer, value: notice.issuer },
          { term: words.reference, value: notice.reference || '—' },
          { term: words.issued_on, value: <Day date={notice.issued_on} /> },
          {
            term: t.situation,
            value: situation ? (
              <a href={`/situations/${notice.situation_id}`}>{markedTitle(language, notice.mode, situation)}</a>
            ) : (
              t.none
            ),
          },
          {
            term: t.registered,
            value: (
              <>
                <Time at={notice.registered_at} with_date /> {named(language, notice)}
              </>
            ),
          },
        ]}
      />
      <h2>{t.body}</h2>
      {notice.body.split(/(?:\r?\n){2,}/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a notice never changes
        <p key={index}>
          {paragraph.split(/\r?\n/).flatMap((line, number) => (number === 0 ? [line] : [<br key={line} />, line]))}
        </p>
      ))}
      {may_pass_on && (
        <p>
          <ButtonLink
            href={`/notices/new?kind=official&official=${notice.id}${notice.situation_id ? `&situation=${notice.situation_id}` : ''}`}
            kind="solid-fill"
          >
            {t.pass_on}
          </ButtonLink>
        </p>
      )}
      <p>
        <a href="/official-notices">{t.back}</a>
      </p>
    </Layout>
  )
}

type NewProps = { values: Record<string, string>; problems?: Problems; situations: Reading['open'] }

export function NewOfficialNoticePage({ values, problems = {}, situations }: NewProps) {
  const t = useTexts(texts)
  const issued = useTexts(issuedWords)
  const words = useTexts(labelWords)
  const { language } = useReading()
  const field = (name: 'issuer' | 'reference' | 'issued_on' | 'title' | 'body' | 'situation_id' | 'label') => ({
    name,
    value: values[name],
    problem: problems[name],
  })
  return (
    <Layout title={t.register}>
      <h1>{t.register}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <Form action="/official-notices">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
        <TextInput {...field('issuer')} label={issued.issuer} hint={t.issuer_hint} maxLength={100} required />
        <TextInput {...field('reference')} label={issued.reference} hint={t.reference_hint} maxLength={100} />
        <TextInput {...field('issued_on')} label={issued.issued_on} type="date" width="short" required />
        <TextInput {...field('title')} label={t.title} maxLength={200} required />
        <TextArea {...field('body')} label={t.body} rows={10} maxLength={20_000} required />
        <Select
          {...field('situation_id')}
          label={t.situation}
          hint={t.situation_hint}
          empty={t.none}
          options={situations.map((situation) => ({ value: situation.id, text: titleOf(language, situation) }))}
        />
        <Select
          {...field('label')}
          value={values.label ?? labelOf.official_notice}
          label={t.label}
          hint={t.label_hint}
          options={labels.map((label) => ({ value: label, text: `${labelNames[label]} ${words[label]}` }))}
        />
        <Button>{t.register}</Button>
      </Form>
    </Layout>
  )
}

const titleOf = (language: Language, { mode, title_ja, title_en }: Reading['open'][number]) =>
  markedTitle(language, mode, language === 'en' ? title_en : title_ja)

function Day({ date }: { date: string }) {
  const { language } = useReading()
  return <time dateTime={date}>{dayWords(language, date)}</time>
}
