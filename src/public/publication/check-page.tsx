import { randomUUID } from 'node:crypto'
import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Diff, type Difference } from '#ground/html/diff.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems } from '#ground/html/forms.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { PublicDifference } from '#public/site/index.ts'
import type { SituationView } from '#status/situations/index.ts'
import type { Doubts } from './doubts.ts'
import { BothLanguages, LanguagesTick, type Parted } from './languages.tsx'
import type { Chosen } from './pages.tsx'
import type { Between } from './queries.ts'

const texts = inBoth({
  ja: {
    check_title: '公表の前の確認',
    check_lead: {
      actual: '確定すると、すべての人が見る公表ページが、次のとおり変わります。',
      exercise: '訓練の公表です。訓練用のページ（/exercise/）だけが、次のとおり変わります。',
      test: '試験の公表です。試験用のページ（/test/）だけが、次のとおり変わります。',
    },
    changed: '確かめている間に内容が変わりました',
    changed_next: '新しい内容を下に示します。もう一度確かめてください。あなたの内容は公表されていません。',
    between: (number: number, who: string) => `その間に${who}さんが公表第${number}号を公表しました。`,
    nothing: '公表ページは変わりません',
    nothing_next: '文章か選択を変えると、ここに違いが出ます。',
    confirm: {
      actual: 'この内容で一般に公表する',
      exercise: 'この内容で訓練の公表をする',
      test: 'この内容で試験の公表をする',
    },
    revise: '内容を直す',
    doubts: '食い違いがないか確かめてください',
    only_ja: (times: string) => `日本語の文章にだけある時刻：${times}`,
    only_en: (times: string) => `英語の文章にだけある時刻：${times}`,
    resumption: (name: string, at: string, said: string) =>
      `${name}の欄の再開見込みは ${at}、文章にある時刻は ${said} です。`,
    unchosen: (names: string) => `文章に、名前を出すと選んでいない機関の名前があります：${names}`,
    changes: '公表ページの変わるところ',
  },
  en: {
    check_title: 'Check before publishing',
    check_lead: {
      actual: 'When you confirm, the public page that everybody sees changes as follows.',
      exercise: 'This is an exercise publication. Only the exercise page (/exercise/) changes, as follows.',
      test: 'This is a test publication. Only the test page (/test/) changes, as follows.',
    },
    changed: 'Something changed while you were checking',
    changed_next: 'What would be published now is shown below. Please check again. Yours was not published.',
    between: (number: number, who: string) => `Meanwhile ${who} published no. ${number}.`,
    nothing: 'The public page would not change',
    nothing_next: 'Change the text or the choices, and the differences appear here.',
    confirm: {
      actual: 'Publish this to everyone',
      exercise: 'Publish this as an exercise',
      test: 'Publish this as a test',
    },
    revise: 'Change it',
    doubts: 'Check whether this fits together',
    only_ja: (times: string) => `Times said in Japanese only: ${times}`,
    only_en: (times: string) => `Times said in English only: ${times}`,
    resumption: (name: string, at: string, said: string) =>
      `The row of ${name} says that it expects to resume at ${at}; the text says ${said}.`,
    unchosen: (names: string) => `The text names institutions that were not chosen to be named: ${names}`,
    changes: 'What changes on the public page',
  },
})

type Props = {
  situation: SituationView
  chosen: Chosen
  differences: readonly PublicDifference[]
  said: { text_ja: string; text_en: string }
  parted: Parted | null
  doubts: Doubts
  seen: string
  has_changed?: boolean
  /** What colleagues have published since this was checked, oldest first. */
  between?: readonly Between[]
  problems?: Problems
}

/** Not carried from check to check: each is of the check that it stands on. */
const of_this_check = ['seen', 'idempotency_key', 'languages']

export function CheckPage({
  situation,
  chosen: { values, lists },
  differences,
  said,
  parted,
  doubts,
  seen,
  has_changed = false,
  between = [],
  problems = {},
}: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  const carried = (
    <>
      {Object.entries(values)
        .filter(([name]) => !(name in lists) && !of_this_check.includes(name))
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      {Object.entries(lists).flatMap(([name, all]) =>
        all.map((value) => <input key={name + value} type="hidden" name={name} value={value} />),
      )}
    </>
  )
  return (
    <Layout title={t.check_title} mode={situation.mode} label={labelOf.publication}>
      <h1>{t.check_title}</h1>
      <ErrorSummary problems={problems} />
      {has_changed && (
        <Banner kind="warning" title={t.changed}>
          {between.map(({ id, number, published_at, published_by_ja, published_by_en }) => (
            <p key={id}>
              <Time at={published_at} />{' '}
              <a href={`/publications/${id}`}>
                {t.between(number, named(language, { name_ja: published_by_ja, name_en: published_by_en }))}
              </a>
            </p>
          ))}
          <p>{t.changed_next}</p>
        </Banner>
      )}
      <p>
        <b>{language === 'en' ? situation.title_en : situation.title_ja}</b>
      </p>
      <p>{t.check_lead[situation.mode]}</p>
      {differences.length === 0 ? (
        <Empty title={t.nothing}>{t.nothing_next}</Empty>
      ) : (
        <>
          <BothLanguages said={said} parted={parted} />
          <Doubtful doubts={doubts} />
          <h2>{t.changes}</h2>
          <PublicDiff differences={differences} />
        </>
      )}
      <Buttons>
        {differences.length > 0 && (
          <Form action={`${path}/publications`}>
            {carried}
            {/* A key of each check, not of the form: who goes back and changes the text publishes anew. */}
            <HiddenFields fields={{ idempotency_key: randomUUID(), seen }} />
            <LanguagesTick parted={parted} problem={problems.languages} />
            <Button danger={situation.mode === 'actual'}>{t.confirm[situation.mode]}</Button>
          </Form>
        )}
        <Form action={`${path}/publication`}>
          {carried}
          <Button kind="outline">{t.revise}</Button>
        </Form>
      </Buttons>
    </Layout>
  )
}

/** What does not fit together is shown, not judged. */
function Doubtful({ doubts: { only_ja, only_en, said, resumptions, unchosen } }: { doubts: Doubts }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const and = language === 'ja' ? '、' : ', '
  const lines = [
    ...(only_ja.length > 0 ? [t.only_ja(only_ja.join(and))] : []),
    ...(only_en.length > 0 ? [t.only_en(only_en.join(and))] : []),
    ...resumptions.map((row) => t.resumption(named(language, row), row.at, said.join(and))),
    ...(unchosen.length > 0 ? [t.unchosen(unchosen.map((each) => named(language, each)).join(and))] : []),
  ]
  if (lines.length === 0) return null
  return (
    <Banner kind="warning" title={t.doubts}>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Banner>
  )
}

/** Exactly what the public reads differently. */
export function PublicDiff({ differences }: { differences: readonly PublicDifference[] }) {
  const { language } = useReading()
  return <Diff differences={differences.map((each) => shownAs(each, language))} />
}

function shownAs({ what_ja, what_en, before, after }: PublicDifference, language: Language): Difference {
  const what = language === 'ja' ? what_ja : what_en
  if (before === null) return { kind: 'added', what, after }
  if (after === null) return { kind: 'removed', what, before }
  return { kind: 'changed', what, before, after }
}
