import { onBehalf, viaWords } from '#delivery/answers/index.ts'
import { durationWords } from '#ground/html/age.ts'
import { Banner } from '#ground/html/banner.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { roundTexts } from './round-texts.ts'
import { ClosedLine, RoundSummary } from './summary.ts'
import { whyWords } from './words.ts'

const texts = inBoth({
  ja: {
    askings: (count: number) => `照会${count}回`,
    answered: (answered: number, asked: number) => `${asked}機関のうち${answered}機関が回答`,
    until: (percent: number, time: string) => `${percent}%まで${time}`,
    on_behalf: (count: number) => `うち${onBehalf.ja}${count}`,
    ways: '経路',
    failed: (count: number) => `送信失敗${count}通`,
    again: (count: number) => `うち最後の照会に未回答${count}`,
    missing: (count: number) => `未回答${count}機関`,
    left: (count: number) => `回答のないまま市場を離れた機関${count}`,
    nobody: '未回答なし',
    see: '状況照会を見る',
    asking: (asking: number, asked: number) => `第${asking}回・${asked}機関`,
    passed_over: (count: number) => `次の更新予定まで照会しない機関${count}`,
    and: '、',
    end: '。',
  },
  en: {
    askings: (count: number) => `${count} asking${count === 1 ? '' : 's'}`,
    answered: (answered: number, asked: number) => `${answered} of ${asked} institutions answered`,
    until: (percent: number, time: string) => `${percent} % after ${time}`,
    on_behalf: (count: number) => `${count} of them by the secretariat on behalf`,
    ways: 'By way',
    failed: (count: number) => `${count} deliveries failed`,
    again: (count: number) => `${count} of them left their last asking unanswered`,
    missing: (count: number) => `${count} did not answer`,
    left: (count: number) => `${count} left the market without an answer`,
    nobody: 'Nobody is missing',
    see: 'See the round',
    asking: (asking: number, asked: number) => `Asking ${asking}, ${asked} institutions`,
    passed_over: (count: number) => `${count} not asked before their own next update`,
    and: ', ',
    end: '.',
  },
})

type Figures = Omit<RoundSummary, 'missing' | 'left'> & { missing: number; left: number }

/** The figures of a closed round in a sentence. */
function useSentence() {
  const t = useTexts(texts)
  const { language } = useReading()
  return (figures: Figures): string => {
    const time = (percent: number, minutes: number | null) =>
      minutes === null ? [] : [t.until(percent, durationWords(language, minutes))]
    return (
      [
        t.askings(figures.askings),
        t.answered(figures.answered, figures.asked),
        ...(figures.again > 0 ? [t.again(figures.again)] : []),
        ...time(50, figures.minutes_to_50),
        ...time(80, figures.minutes_to_80),
        ...time(100, figures.minutes_to_100),
        ...(figures.on_behalf > 0 ? [t.on_behalf(figures.on_behalf)] : []),
        ...(figures.failed_deliveries > 0 ? [t.failed(figures.failed_deliveries)] : []),
        figures.missing > 0 ? t.missing(figures.missing) : t.nobody,
        ...(figures.left > 0 ? [t.left(figures.left)] : []),
      ].join(t.and) + t.end
    )
  }
}

/** What a round came to, with the names of those who are missing. */
export function SummaryBanner({ closed_at, summary }: { closed_at: Date; summary: unknown }) {
  const t = useTexts(texts)
  const round = useTexts(roundTexts)
  const why = useTexts(whyWords)
  const vias = useTexts(viaWords)
  const { language } = useReading()
  const sentence = useSentence()
  const known = RoundSummary.safeParse(summary).data
  return (
    <Banner kind="info" title={round.closed}>
      <p>
        <Time at={closed_at} with_date /> {known && why[known.why]}
      </p>
      {known && (
        <>
          <p>{sentence({ ...known, missing: known.missing.length, left: known.left.length })}</p>
          {known.answered > 0 && (
            <p>
              {t.ways}:{' '}
              {Object.entries(known.by_way)
                .map(([way, count]) => `${(vias as Record<string, string>)[way] ?? way} ${count}`)
                .join(t.and)}
            </p>
          )}
          {known.missing.length > 0 && (
            <p>
              {t.missing(known.missing.length)}: {namesOf(language, known.missing).join(t.and)}
            </p>
          )}
          {known.left.length > 0 && (
            <p>
              {t.left(known.left.length)}: {namesOf(language, known.left).join(t.and)}
            </p>
          )}
        </>
      )}
    </Banner>
  )
}

const namesOf = (language: Language, missing: RoundSummary['missing']) => missing.map((each) => named(language, each))

/** What the log of a situation says below a line about a round; null for any other line. */
export function RoundLine({ action, details }: { action: string; details: Record<string, unknown> }) {
  const t = useTexts(texts)
  const why = useTexts(whyWords)
  const sentence = useSentence()
  if (!action.startsWith('round.') || typeof details.round_id !== 'string') return null
  const closed = action === 'round.closed' ? ClosedLine.safeParse(details).data : undefined
  const { asking, institutions, passed_over } = details
  return (
    <p>
      {closed && `${why[closed.why]}${t.end} ${sentence(closed)} `}
      {typeof asking === 'number' && typeof institutions === 'number' && `${t.asking(asking, institutions)}${t.end} `}
      {typeof passed_over === 'number' && passed_over > 0 && `${t.passed_over(passed_over)}${t.end} `}
      <a href={`/rounds/${details.round_id}`}>{t.see}</a>
    </p>
  )
}
