import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { statusWords } from '#ground/market/words.ts'
import type { Board } from '#status/board/index.ts'
import { fieldsSeen, isByName, type Shown } from '#status/member-view/index.ts'
import type { SituationView } from '#status/situations/index.ts'

const texts = inBoth({
  ja: {
    title: '還元の前の確認',
    back: '事案に戻る',
    effect: {
      actual: '還元すると、すぐに次の機関が状況ボードを見られるようになります',
      exercise: '訓練の還元です。すぐに次の機関が訓練の状況ボードを見られるようになります',
      test: '試験の還元です。すぐに次の機関が試験の状況ボードを見られるようになります',
    },
    once: '還元は取り消せません。終結した後も見えます。一般への公表とは別です。',
    to: '見られるようになる機関',
    institutions: (count: number) => `${count}機関`,
    named: '名前を出して見える関係機関',
    named_value: (count: number) => `${count}機関の状況とBCPの発動`,
    trouble: 'そのうち停止・一部支障・代替運用中',
    none: 'なし',
    seen: '名前を出して見える市場参加者',
    counted: '件数だけが見える市場参加者',
    counted_value: (total: number, silent: number, not_asked: number) =>
      `${total}機関（うち未報告${silent}機関、照会なし${not_asked}機関）`,
    never: '見えないもの',
    fields: (fields: string) => `見えるもの：${fields}`,
    never_value: '被害、自由記述、再開見込み、担当者',
    never_names: '、ほかの市場参加者の名前',
    act: {
      actual: '関係機関に還元する',
      exercise: '訓練として還元する',
      test: '試験として還元する',
    },
  },
  en: {
    title: 'Check before sharing the board',
    back: 'Back to the situation',
    effect: {
      actual: 'Once it is shared, these institutions see the status board at once',
      exercise: 'This is an exercise. These institutions see the board of the exercise at once',
      test: 'This is a test. These institutions see the board of the test at once',
    },
    once: 'It cannot be taken back, and stays after the closing. Telling the public is separate.',
    to: 'Institutions that will see it',
    institutions: (count: number) => `${count} institutions`,
    named: 'Infrastructure institutions seen by name',
    named_value: (count: number) => `${count}, with their state and BCP`,
    trouble: 'Of these stopped, partly disrupted or on the alternative',
    none: 'None',
    seen: 'Participants seen by name',
    counted: 'Participants seen as counts only',
    counted_value: (total: number, silent: number, not_asked: number) =>
      `${total} (${silent} not reported, ${not_asked} not asked)`,
    never: 'Not seen',
    fields: (fields: string) => `What is seen: ${fields}`,
    never_value: 'Damage, free text, expected resumption, people',
    never_names: ', other participants’ names',
    act: {
      actual: 'Share the board with institutions',
      exercise: 'Share it as an exercise',
      test: 'Share it as a test',
    },
  },
})

/** Who will see what once the board is returned, in numbers, before it is. */
export function ReturnPage({
  situation,
  board,
  institutions,
  shown,
}: {
  situation: SituationView
  board: Board
  institutions: number
  /** What members see of each other by name, as it is in force. */
  shown: Shown
}) {
  const t = useTexts(texts)
  const { conditions } = useTexts(statusWords)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  const is_by_name = isByName(shown)
  const { infrastructure, participants } = board.views
  const [and, of] = language === 'ja' ? ['、', '：'] : [', ', ': ']
  const trouble = board.lines.flatMap(({ institution, overall }) =>
    institution.is_infrastructure && (overall === 'stopped' || overall === 'partial' || overall === 'alternative')
      ? [`${named(language, institution)}${of}${conditions[overall]}`]
      : [],
  )
  return (
    <Layout title={t.title} mode={situation.mode} label={situation.label}>
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <h1>{t.title}</h1>
      <p>
        <b>{language === 'en' ? situation.title_en : situation.title_ja}</b>
      </p>
      <Banner kind="warning" title={t.effect[situation.mode]}>
        <p>{t.once}</p>
      </Banner>
      <SummaryList
        items={[
          { term: t.to, value: <b>{t.institutions(institutions)}</b> },
          { term: t.named, value: t.named_value(infrastructure.total) },
          { term: t.trouble, value: trouble.length > 0 ? trouble.join(and) : t.none },
          {
            term: is_by_name ? t.seen : t.counted,
            value: (
              <>
                {t.counted_value(participants.total, participants.overall.not_reported, participants.overall.not_asked)}
                {is_by_name && (
                  <>
                    <br />
                    {t.fields(fieldsSeen(language, shown))}
                  </>
                )}
              </>
            ),
          },
          { term: t.never, value: t.never_value + (is_by_name ? '' : t.never_names) },
        ]}
      />
      <Form action={`${path}/return`}>
        <Button>{t.act[situation.mode]}</Button>
      </Form>
    </Layout>
  )
}
