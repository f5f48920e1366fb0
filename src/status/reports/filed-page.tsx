import { isOnAlternative, isWithoutDetails, onBehalf, viaWords } from '#delivery/answers/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time, UntilBeside } from '#ground/html/time.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { statusWords } from '#ground/market/words.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { type Shown, viewWords, willSee } from '#status/member-view/index.ts'
import { expiredAt } from './freshness.ts'
import { overall } from './overall.ts'
import type { ReportView } from './queries.ts'
import { ReportContent } from './report-content.tsx'

const texts = inBoth({
  ja: {
    title: (name: string) => `${name}の報告`,
    on_behalf: (who: string) => `${who}（事務局）が、電話などで聞き取った内容を入力しました。`,
    on_behalf_own: '違うところがあれば、訂正を報告してください。',
    received: '報告を受け付けました',
    received_at: '受付',
    written_at: '記入',
    written_hint: 'つながらない間に書かれ、後から届きました。次回の報告までの時間は、記入の時から数えています。',
    superseded: 'この報告の後に、新しい報告があります',
    newest: '最新の報告を見る',
    expired: 'この報告は、次回の報告の時間を過ぎています',
    expired_next: '状況ボードには「不明」と出ています。いまの状況を報告してください。',
    peacetime: '平時の報告',
    sees: 'だれに見えるか',
    remarks: (readers: string) => `この報告の補足は、${readers}。`,
    not_returned: 'ほかの機関への還元はまだ行われていません。',
    public: '一般の方には、事務局が確認して公表したものだけが見えます。',
    next: '次回の報告',
    correct: '訂正・更新を報告する',
    board: '状況ボードを見る',
    content: '報告の内容',
    and: '・',
    history: 'これまでの報告',
    replaced: 'の報告に置き換わりました',
    taken_back: 'に取り消されました',
    restored: '取り消しにより、前の報告に戻しました',
    void: '取り消されたため、報告はない状態です',
    alternative_only: '代替運用中とだけ伝えています。代替先や被害は、まだ報告されていません（詳しくは後で）。',
    no_details: '正常でないとだけ伝えています。業務ごとの状況は、まだ報告されていません（詳しくは後で）。',
    this_one: 'この報告',
    open: '内容を見る',
  },
  en: {
    title: (name: string) => `Report of ${name}`,
    on_behalf: (who: string) => `Entered by ${who} of the secretariat as told by phone or otherwise.`,
    on_behalf_own: 'If anything is not right, report a correction.',
    received: 'Your report has been received',
    received_at: 'Received',
    written_at: 'Written',
    written_hint:
      'Written without a connection and sent later. The time to the next update counts from when it was written.',
    superseded: 'There is a newer report than this one',
    newest: 'See the newest report',
    expired: 'The next update of this report is overdue',
    expired_next: 'The status board shows “Unknown”. Please report how things are now.',
    peacetime: 'Peacetime report',
    sees: 'Who sees it',
    remarks: (readers: string) => `The remarks of this report: ${readers}.`,
    not_returned: 'It has not been shared with the other institutions yet.',
    public: 'The public only sees what the secretariat has checked and published.',
    next: 'Next update',
    correct: 'Report a correction or update',
    board: 'See the status board',
    content: 'What was reported',
    and: ', ',
    history: 'Reports so far',
    replaced: ': replaced by the report of that time',
    taken_back: ': taken back',
    restored: 'A report was taken back: this says again what stood before it',
    void: 'It was taken back: nothing is reported',
    alternative_only:
      'They have only said that they run on the alternative. Which one, and what is damaged, is not reported yet (details to follow).',
    no_details:
      'It says only that not all is normal. The state of each function is still to be reported (details to follow).',
    this_one: 'This report',
    open: 'See it',
  },
})

/** One report, what became of it, and the chain it stands in, newest first. */
export function FiledPage({
  report,
  chain,
  shown,
  is_own,
  may_file,
}: {
  report: ReportView
  chain: ReportView[]
  /** What members see of each other by name, as it is in force; null where they see nothing. */
  shown: Shown | null
  is_own: boolean
  may_file: boolean
}) {
  const t = useTexts(texts)
  const words = useTexts(statusWords)
  const behalf = useTexts(onBehalf)
  const seen = useTexts(viewWords)
  const readers = useTexts(labelWords)
  const { language, now, reader } = useReading()
  const place = report.situation_id ? (`/situations/${report.situation_id}` as const) : null
  const title = t.title(named(language, report))
  return (
    <Layout
      title={title}
      mode={report.mode}
      label={labelOf.report}
      live={place ?? '/board'}
      refresh_at={report.next_update_at > now ? report.next_update_at : null}
    >
      <p>{place ? <a href={place}>{language === 'en' ? report.title_en : report.title_ja}</a> : t.peacetime}</p>
      <h1>{title}</h1>
      {report.is_on_behalf && (
        <Banner kind="info" title={behalf}>
          <p>
            {t.on_behalf(named(language, { name_ja: report.reported_by_ja ?? '', name_en: report.reported_by_en }))}
            {is_own && ` ${t.on_behalf_own}`}
          </p>
        </Banner>
      )}
      {report.answers_asking !== null && (
        <p>
          {reader && may(reader, 'board.see-all') ? (
            <a href={`/rounds/${report.answers_round_id}?asking=${report.answers_asking}`}>
              {words.answers(report.answers_asking)}
            </a>
          ) : (
            words.answers(report.answers_asking)
          )}
        </p>
      )}
      {report.takes_back && <Banner kind="info" title={report.is_void ? t.void : t.restored} />}
      {isWithoutDetails(report) && !report.is_void && (
        <Banner kind="warning" title={isOnAlternative(report) ? t.alternative_only : t.no_details} />
      )}
      <Outcome report={report} newest={chain[0]} is_own={is_own} />
      {is_own && !report.superseded_by && (
        <>
          <h2>{t.sees}</h2>
          <ul>
            <li>{readers[labelOf.report]}</li>
            {report.text && report.label !== labelOf.report && <li>{t.remarks(readers[report.label])}</li>}
            {shown && (
              <li>
                {report.situation_id && !report.returned_at && t.not_returned}{' '}
                {willSee(language, shown, {
                  is_infrastructure: report.is_infrastructure,
                  at_once: !report.situation_id,
                })}{' '}
                {seen.never}
              </li>
            )}
            <li>{t.public}</li>
          </ul>
        </>
      )}
      {is_own && (
        <Buttons>
          {may_file && !report.closed_at && <ButtonLink href={`${place ?? ''}/report`}>{t.correct}</ButtonLink>}
          <ButtonLink kind="text" href={`${place ?? ''}/board`}>
            {t.board}
          </ButtonLink>
        </Buttons>
      )}
      <h2>{t.content}</h2>
      <ReportContent report={report} />
      <h2>{t.history}</h2>
      <History chain={chain} report={report} />
    </Layout>
  )
}

function Outcome({ report, newest, is_own }: { report: ReportView; newest: ReportView | undefined; is_own: boolean }) {
  const t = useTexts(texts)
  const { now } = useReading()
  const times = (
    <p>
      {report.written_at && (
        <>
          {t.written_at}:{' '}
          <b>
            <Time at={report.written_at} with_seconds />
          </b>
          <br />
        </>
      )}
      {t.received_at}:{' '}
      <b>
        <Time at={report.reported_at} with_seconds />
      </b>
      <br />
      {t.next}:{' '}
      <b>
        <Time at={report.next_update_at} />
      </b>
      <UntilBeside at={report.next_update_at} />
      {report.written_at && (
        <>
          <br />
          {t.written_hint}
        </>
      )}
    </p>
  )
  if (report.superseded_at)
    return (
      <Banner kind="warning" title={t.superseded}>
        <p>
          {t.received_at}: <Time at={report.reported_at} /> → <Time at={report.superseded_at} />
          {report.is_taken_back ? t.taken_back : t.replaced}
          <br />
          <a href={`/reports/${newest?.id ?? report.superseded_by}`}>{t.newest}</a>
        </p>
      </Banner>
    )
  if (expiredAt(report, now) && !report.closed_at)
    return (
      <Banner kind="warning" title={t.expired}>
        {is_own && <p>{t.expired_next}</p>}
        {times}
      </Banner>
    )
  return is_own ? (
    <Banner kind="success" title={t.received}>
      {times}
    </Banner>
  ) : (
    times
  )
}

/** Superseded reports are struck through and stay legible, each with the time at which another took its place. */
function History({ chain, report }: { chain: ReportView[]; report: ReportView }) {
  const t = useTexts(texts)
  const vias = useTexts(viaWords)
  const behalf = useTexts(onBehalf)
  const words = useTexts(statusWords)
  const { language } = useReading()
  return (
    <Timeline
      entries={chain.map((each) => {
        const state = overall(each)
        const said = each.is_void ? t.void : `${words.conditions[state]}${t.and}BCP ${words.bcp[each.bcp]}`
        const by = language === 'en' ? (each.reported_by_en ?? each.reported_by_ja) : each.reported_by_ja
        return {
          key: each.id,
          at: each.taken_back_at ?? each.reported_at,
          title: each.superseded_by ? <del>{said}</del> : <Chip look={state}>{said}</Chip>,
          by: [by, each.via === 'portal' ? null : vias[each.via], each.is_on_behalf ? behalf : null]
            .filter(Boolean)
            .join(' / '),
          body: (
            <p>
              {each.written_at && (
                <>
                  {t.written_at}: <Time at={each.written_at} />{' '}
                </>
              )}
              {each.superseded_at && (
                <>
                  <Time at={each.superseded_at} />
                  {each.is_taken_back ? t.taken_back : t.replaced}{' '}
                </>
              )}
              {each.id === report.id ? <b>{t.this_one}</b> : <a href={`/reports/${each.id}`}>{t.open}</a>}
            </p>
          ),
        }
      })}
    />
  )
}
