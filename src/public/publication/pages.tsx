import { randomUUID } from 'node:crypto'
import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Checkbox, Checkboxes } from '#ground/html/choices.tsx'
import { toCivilInput } from '#ground/html/civil.ts'
import { Diff, type Difference } from '#ground/html/diff.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { statusWords } from '#ground/market/words.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { PublicDifference } from '#public/site/index.ts'
import type { BoardRow, Cell } from '#status/board/index.ts'
import type { SituationView } from '#status/situations/index.ts'

const texts = inBoth({
  ja: {
    title: '一般に公表する内容を選ぶ',
    back: '事案に戻る',
    lead: '選んだものだけが公表されます。次の画面で、公表ページのどこがどう変わるかを確かめてから公表します。',
    text_ja: '公表する文章（日本語）',
    text_ja_hint: '投資家が知るべきことを、事実だけ、短く。',
    text_en: '公表する文章（英語）',
    text_en_hint: '空欄なら日本語の文章を使います。',
    now: (condition: string) => `いま：${condition}`,
    functions: '市場と機能の状況',
    functions_hint: '関係機関の報告から作ります。報告のない機関があれば「不明」になります。',
    institutions: '名前を出して公表する関係機関',
    institutions_hint: '報告のあった機関だけが出ます。全体の状況、BCPの発動、再開見込みが公表されます。',
    participants: '市場参加者の報告の件数を公表する（名前は出ません）',
    next: '次の公表の予定（日本時間）',
    next_hint: '空欄にもできます。',
    correction: 'これまでの公表に誤りがあったので訂正する',
    correction_hint: '前の文章は、取り消し線を付けて残します。',
    check: '公表内容を確かめる',
    not_reported: '未報告',
    check_title: '公表の前の確認',
    check_lead: {
      actual: '確定すると、すべての人が見る公表ページが、次のとおり変わります。',
      exercise: '訓練の公表です。訓練用のページ（/exercise/）だけが、次のとおり変わります。',
      test: '試験の公表です。試験用のページ（/test/）だけが、次のとおり変わります。',
    },
    changed: '確かめている間に内容が変わりました',
    changed_next: '新しい内容を下に示します。もう一度確かめてください。まだ何も公表されていません。',
    nothing: '公表ページは変わりません',
    nothing_next: '文章か選択を変えると、ここに違いが出ます。',
    confirm: {
      actual: 'この内容で一般に公表する',
      exercise: 'この内容で訓練の公表をする',
      test: 'この内容で試験の公表をする',
    },
    revise: '内容を直す',
  },
  en: {
    title: 'Choose what to publish',
    back: 'Back to the situation',
    lead: 'Only what you choose becomes public. The next page shows exactly what changes on the public page before anything does.',
    text_ja: 'Text to publish (Japanese)',
    text_ja_hint: 'What investors need to know: facts only, in few words.',
    text_en: 'Text to publish (English)',
    text_en_hint: 'If left empty, the Japanese text is used.',
    now: (condition: string) => `Now: ${condition}`,
    functions: 'State of markets and functions',
    functions_hint:
      'Made from the reports of infrastructure institutions. If one has not reported, the state is “unknown”.',
    institutions: 'Infrastructure institutions to name',
    institutions_hint: 'Only those that have reported appear, with their overall state, BCP and expected resumption.',
    participants: 'Publish how many participants have reported (no names)',
    next: 'Next publication planned (Japan time)',
    next_hint: 'May be left empty.',
    correction: 'Correct an error in what was published',
    correction_hint: 'The earlier text stays readable, struck through.',
    check: 'Check what would become public',
    not_reported: 'not reported',
    check_title: 'Check before publishing',
    check_lead: {
      actual: 'When you confirm, the public page that everybody sees changes as follows.',
      exercise: 'This is an exercise publication. Only the exercise page (/exercise/) changes, as follows.',
      test: 'This is a test publication. Only the test page (/test/) changes, as follows.',
    },
    changed: 'Something changed while you were checking',
    changed_next: 'What would be published now is shown below. Please check again. Nothing has been published yet.',
    nothing: 'The public page would not change',
    nothing_next: 'Change the text or the choices, and the differences appear here.',
    confirm: {
      actual: 'Publish this to everyone',
      exercise: 'Publish this as an exercise',
      test: 'Publish this as a test',
    },
    revise: 'Change it',
  },
})

export type Chosen = { values: Record<string, string>; lists: Record<string, string[]> }

type FormProps = {
  situation: SituationView
  rows: readonly BoardRow[]
  functions: readonly Cell[]
  chosen: Chosen
  problems?: Problems
  was_published: boolean
}

export function PublicationFormPage({
  situation,
  rows,
  functions,
  chosen: { values, lists },
  problems = {},
  was_published,
}: FormProps) {
  const t = useTexts(texts)
  const words = useTexts(statusWords)
  const { language, now } = useReading()
  const infrastructure = rows.filter(({ institution }) => institution.is_infrastructure)
  const path = `/situations/${situation.id}`
  return (
    <Layout title={t.title} mode={situation.mode}>
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <ErrorSummary problems={problems} />
      <Form action={`${path}/publication/check`}>
        <TextArea
          name="text_ja"
          label={t.text_ja}
          hint={t.text_ja_hint}
          value={values.text_ja}
          problem={problems.text_ja}
          rows={5}
          required
        />
        <TextArea
          name="text_en"
          label={t.text_en}
          hint={t.text_en_hint}
          value={values.text_en}
          problem={problems.text_en}
          rows={5}
        />
        <Checkboxes
          name="functions"
          legend={t.functions}
          hint={t.functions_hint}
          problem={problems.functions}
          values={lists.functions}
          choices={functions.map(({ market, function_code, worst }) => ({
            value: `${market}:${function_code}`,
            text: `${words.markets[market]}：${words.functions[function_code]}`,
            hint: t.now(
              worst === 'not_reported' || worst === null ? words.conditions.unknown : words.conditions[worst],
            ),
          }))}
        />
        <Checkboxes
          name="institutions"
          legend={t.institutions}
          hint={t.institutions_hint}
          problem={problems.institutions}
          values={lists.institutions}
          choices={infrastructure.map(({ institution, report }) => ({
            value: institution.id,
            text: named(language, institution),
            hint: report ? undefined : t.not_reported,
          }))}
        />
        <Checkbox name="participants" text={t.participants} checked={values.participants === 'yes'} />
        <TextInput
          name="next_update_at"
          type="datetime-local"
          label={t.next}
          hint={t.next_hint}
          value={values.next_update_at ?? toCivilInput(new Date(now.getTime() + situation.update_minutes * 60_000))}
          problem={problems.next_update_at}
          width="half"
        />
        {was_published && (
          <Checkbox
            name="is_correction"
            text={t.correction}
            hint={t.correction_hint}
            checked={values.is_correction === 'yes'}
          />
        )}
        <Button>{t.check}</Button>
      </Form>
    </Layout>
  )
}

type CheckProps = {
  situation: SituationView
  chosen: Chosen
  differences: readonly PublicDifference[]
  seen: string
  has_changed?: boolean
}

export function CheckPage({
  situation,
  chosen: { values, lists },
  differences,
  seen,
  has_changed = false,
}: CheckProps) {
  const t = useTexts(texts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  const carried = (
    <>
      {Object.entries(values)
        .filter(([name]) => !(name in lists) && name !== 'seen' && name !== 'idempotency_key')
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
      {has_changed && (
        <Banner kind="warning" title={t.changed}>
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
        <Diff differences={differences.map((each) => shownAs(each, language))} />
      )}
      <Buttons>
        {differences.length > 0 && (
          <Form action={`${path}/publications`}>
            {carried}
            {/* A key of each check, not of the form: who goes back and changes the text publishes anew. */}
            <HiddenFields fields={{ idempotency_key: randomUUID(), seen }} />
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

function shownAs({ what_ja, what_en, before, after }: PublicDifference, language: 'ja' | 'en'): Difference {
  const what = language === 'ja' ? what_ja : what_en
  if (before === null) return { kind: 'added', what, after }
  if (after === null) return { kind: 'removed', what, before }
  return { kind: 'changed', what, before, after }
}
