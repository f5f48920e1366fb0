import { Button } from '#ground/html/button.tsx'
import { Checkbox, Checkboxes } from '#ground/html/choices.tsx'
import { toCivilInput } from '#ground/html/civil.ts'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { statusWords } from '#ground/market/words.ts'
import { type MarketState, marketName, StateChip } from '#status/activations/index.ts'
import type { BoardRow, Cell } from '#status/board/index.ts'
import { isCondition } from '#status/reports/index.ts'
import type { SituationView } from '#status/situations/index.ts'

const texts = inBoth({
  ja: {
    title: '一般に公表する内容を選ぶ',
    back: '事案に戻る',
    lead: '選んだものだけが公表されます。次の画面で、公表ページのどこがどう変わるかを確かめてから公表します。',
    text_ja: '公表する文章（日本語）',
    text_ja_hint: '投資家が知るべきことを、事実だけ、短く。',
    text_en: '公表する文章（英語）',
    text_en_hint: '空欄なら、次の画面で確かめた上で、日本語の文章を英語のページにも出します。',
    now: (condition: string) => `いま：${condition}`,
    functions: '市場と機能の状況',
    functions_hint: '関係機関の報告から作ります。報告のない機関があれば「不明」になります。',
    activations: '市場のBCPの発動状況',
    activations_hint:
      '選んだ市場だけが公表されます。あとで発動や解除があっても、もう一度公表するまで公表ページは変わりません。',
    institutions: '名前を出して公表する関係機関',
    institutions_hint:
      '報告のあった機関だけが出ます。全体の状況、BCPの発動、再開見込みが公表されます。選ばない機関の名前は、どこにも出ません。',
    participants: '市場参加者の報告の件数を公表する（名前は出ません）',
    next: '次の公表の予定（日本時間）',
    next_hint: '空欄にもできます。',
    correction: 'これまでの公表に誤りがあったので訂正する',
    correction_hint: '前の文章は、取り消し線を付けて残します。',
    of_gathering: '情報収集の内容を一般に公表することを選ぶ',
    of_gathering_hint:
      '対策本部は設置していません。公表ページにもそう出ます。照会していない機関も、公表ページから知ることになります。',
    check: '公表内容を確かめる',
    not_reported: '未報告',
  },
  en: {
    title: 'Choose what to publish',
    back: 'Back to the situation',
    lead: 'Only what you choose becomes public. The next page shows exactly what changes on the public page before anything does.',
    text_ja: 'Text to publish (Japanese)',
    text_ja_hint: 'What investors need to know: facts only, in few words.',
    text_en: 'Text to publish (English)',
    text_en_hint: 'If left empty, the English page shows the Japanese text, once you have confirmed that.',
    now: (condition: string) => `Now: ${condition}`,
    functions: 'State of markets and functions',
    functions_hint:
      'Made from the reports of infrastructure institutions. If one has not reported, the state is “unknown”.',
    activations: 'BCPs of the markets',
    activations_hint:
      'Only the markets that you choose are published. If one is activated or lifted later, the public page does not change until you publish again.',
    institutions: 'Infrastructure institutions to name',
    institutions_hint:
      'Only those that have reported appear, with their overall state, BCP and expected resumption. Nobody else is named anywhere.',
    participants: 'Publish how many participants have reported (no names)',
    next: 'Next publication planned (Japan time)',
    next_hint: 'May be left empty.',
    correction: 'Correct an error in what was published',
    correction_hint: 'The earlier text stays readable, struck through.',
    of_gathering: 'Yes, publish what was gathered',
    of_gathering_hint:
      'No command centre is set up, and the public page says so. Institutions that were not asked learn of it there, too.',
    check: 'Check what would become public',
    not_reported: 'not reported',
  },
})

export type Chosen = { values: Record<string, string>; lists: Record<string, string[]> }

type FormProps = {
  situation: SituationView
  rows: readonly BoardRow[]
  functions: readonly Cell[]
  bcps: readonly MarketState[]
  chosen: Chosen
  problems?: Problems
  was_published: boolean
}

export function PublicationFormPage({
  situation,
  rows,
  functions,
  bcps,
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
            hint: t.now(worst !== null && isCondition(worst) ? words.conditions[worst] : words.conditions.unknown),
          }))}
        />
        <Checkboxes
          name="activations"
          legend={t.activations}
          hint={t.activations_hint}
          problem={problems.activations}
          values={lists.activations}
          choices={bcps.map((state) => ({
            value: state.market,
            text: marketName(language, state.market),
            hint: <StateChip of={state} />,
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
        {!situation.centre_set_up_at && (
          <Checkbox
            name="of_gathering"
            text={t.of_gathering}
            hint={t.of_gathering_hint}
            checked={values.of_gathering === 'yes'}
            problem={problems.of_gathering}
            required
          />
        )}
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
