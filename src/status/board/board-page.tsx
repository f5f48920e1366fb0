import type { ReactNode } from 'react'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { ActivationBand, type MarketState, nextOf } from '#status/activations/index.ts'
import { type Change, ChangesBand, type SituationView } from '#status/situations/index.ts'
import type { Board } from './board.ts'
import type { Asked } from './board-address.ts'
import { BoardList } from './board-list.tsx'
import { MarketTable, ViewTable } from './board-tables.tsx'
import type { Line } from './line.ts'

const texts = inBoth({
  ja: {
    title: '状況ボード',
    standing: '各機関の最新の状況（実際の報告のみ）',
    as_of: (time: ReactNode) => <>{time} 現在</>,
    source: '情報源は各機関自身の報告です。次回の報告の時間を過ぎたものは「不明」と表示します。',
    supervised: '貴機関が所管する機関だけを表示し、数えています。',
    supervises_none: '貴機関が所管する機関は登録されていません。事務局に連絡してください。',
    closed: 'この事案は終結しました',
    closed_next: '終結した時点の状況を表示しています。',
    returned: '還元した範囲を表示しています。この画面では、ほかの市場参加者は件数だけです。',
    operating: '業務状況情報で、名前ごとに見る',
    bcp: 'BCP発動状況情報を見る',
    not_yet: 'ほかの機関には、まだ還元されていません',
    return: '事案の画面で還元する',
    report: '状況を報告する',
    not_returned: 'まだ還元されていません',
    not_returned_next: '全体の状況は、事務局が還元すると、この画面に自動で出ます。再読み込みは要りません。',
    not_offered: '平時の状況ボードは、いまは各機関に表示していません。',
    held: '事務局が集めている報告に、貴機関へ還元されていないものがあります。還元されるまで、全体の状況はこの画面には出ません。',
    gathering:
      '情報収集の状況です。対策本部は設置していません。照会していない機関は「照会なし」で、未報告ではありません。',
    meanwhile: '貴機関の報告がまだの場合や、状況が変わった場合は、報告してください。',
    own: '貴機関の状況',
  },
  en: {
    title: 'Status board',
    standing: 'Latest state of each institution, from actual reports only',
    as_of: (time: ReactNode) => <>As of {time}</>,
    source: 'The source is each institution’s own report. What is past its next update is shown as “Unknown”.',
    supervised: 'Only the institutions that yours supervises stand here and are counted.',
    supervises_none: 'No institution is registered as supervised by yours. Ask the secretariat.',
    closed: 'This situation has been closed',
    closed_next: 'The board shows how things stood at the time of closing.',
    returned:
      'This is what was shared with the institutions. On this page other market participants appear as counts only.',
    operating: 'See the operating status, by name',
    bcp: 'See BCP activation',
    not_yet: 'Not shared with the institutions yet',
    return: 'Share it on the situation’s page',
    report: 'Report status',
    not_returned: 'Not shared yet',
    not_returned_next:
      'The whole picture appears here by itself as soon as the secretariat returns it. There is no need to reload.',
    not_offered: 'Outside situations, the status board is not shown to the institutions now.',
    held: 'Some of what the secretariat gathers has not been returned to your institution. Until it is, the whole picture is not shown here.',
    gathering:
      'Information is being gathered; no command centre is set up. Who was not asked is shown as “not asked”, never as silent.',
    meanwhile: 'If your institution has not reported yet, or something has changed, please report.',
    own: 'Your institution',
  },
})

type Of = {
  situation: SituationView | null
  /** What was heard of its event since it was opened. */
  changes: readonly Change[]
  /** How the BCP of each market stands, in the mode of the board. */
  bcps: readonly MarketState[]
  /** The reader may file a report here now. */
  may_report: boolean
}
export type BoardPageProps = Of & {
  board: Board
  asked: Asked
  sees_all: boolean
  /** Only what the reader's own institution supervises stands on it. */
  is_supervised?: boolean
  may_return: boolean
  /** Whose row is shown whole to a reader who does not see all. */
  own: string
}

/** The market as its institutions report it. */
export function BoardPage(props: BoardPageProps) {
  const { situation, changes, bcps, may_report, board, asked, sees_all, is_supervised = false, may_return, own } = props
  const t = useTexts(texts)
  const readers = useTexts(labelWords)
  const { language } = useReading()
  const path = situation ? `/situations/${situation.id}/board` : '/board'
  return (
    <Frame
      {...{ situation, changes, bcps }}
      is_for_all={!sees_all}
      refresh_at={situation?.closed_at ? null : board.refresh_at}
    >
      <p>
        {!situation && <>{t.standing}　</>}
        {t.as_of(
          <b>
            <Time at={board.at} />
          </b>,
        )}
      </p>
      {is_supervised && <p>{board.lines.length > 0 ? t.supervised : t.supervises_none}</p>}
      {situation?.closed_at && (
        <Banner kind="info" title={t.closed}>
          {t.closed_next}
        </Banner>
      )}
      {situation && !situation.centre_set_up_at && <p>{t.gathering}</p>}
      {sees_all && situation && !situation.returned_at && !situation.closed_at && (
        <Banner kind="info" title={t.not_yet}>
          <p>
            {readers[labelOf.board]}
            {language === 'ja' ? '。' : '. '}
            {may_return && <a href={`/situations/${situation.id}`}>{t.return}</a>}
          </p>
        </Banner>
      )}
      {may_report && <ReportLink situation={situation} />}
      <ViewTable board={board} path={path} linked={sees_all} />
      <MarketTable board={board} />
      <BoardList board={board} asked={asked} path={path} sees_all={sees_all} own={own} />
      <p className="dads-note">
        {t.source} {!sees_all && t.returned}
      </p>
      {(!situation || situation.returned_at) && (
        <p>
          <a href={situation ? `/situations/${situation.id}/operating-status` : '/operating-status'}>{t.operating}</a>
          <br />
          {situation ? (
            <a href={`/situations/${situation.id}/bcp-status`}>{t.bcp}</a>
          ) : (
            <a href="/bcp-status">{t.bcp}</a>
          )}
        </p>
      )}
    </Frame>
  )
}

/** What an institution sees before the board, or with `is_held` an emergency in the standing one, is returned: that it is not, what to do, its own row. */
export function NotReturnedPage({
  situation,
  changes,
  bcps,
  may_report,
  own,
  is_held,
}: Of & { own: Line | null; is_held: boolean }) {
  const t = useTexts(texts)
  const { now } = useReading()
  const next = own?.next_update_at && own.next_update_at > now ? own.next_update_at : null
  return (
    <Frame {...{ situation, changes, bcps }} refresh_at={next}>
      <Banner kind="info" title={t.not_returned}>
        <p>{situation ? t.not_returned_next : is_held ? t.held : t.not_offered}</p>
        {may_report && <p>{t.meanwhile}</p>}
      </Banner>
      {may_report && <ReportLink situation={situation} />}
      {own && <BoardList.Rows lines={[own]} caption={t.own} sees_all own={own.institution.id} />}
    </Frame>
  )
}

function Frame({
  situation,
  changes,
  bcps,
  refresh_at,
  is_for_all = false,
  children,
}: {
  situation: SituationView | null
  changes: readonly Change[]
  bcps: readonly MarketState[]
  refresh_at: Date | null
  /** The board itself, returned: everyone who is signed in reads it. */
  is_for_all?: boolean
  children: ReactNode
}) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  const is_whole = reader !== null && (may(reader, 'board.see-all') || may(reader, 'report.see-supervised'))
  const name = situation && (language === 'en' ? situation.title_en : situation.title_ja)
  // A line about any report, whatever its situation, tells the standing board too.
  const live = [
    ...(situation ? [`/situations/${situation.id}` as const] : (['/board', '/situations'] as const)),
    '/activations' as const,
  ]
  const begins_at = situation?.closed_at ? null : nextOf(bcps)
  const first_at = begins_at && (!refresh_at || begins_at < refresh_at) ? begins_at : refresh_at
  return (
    <Layout
      title={name ? `${t.title}　${name}` : t.title}
      mode={situation?.mode}
      live={live}
      refresh_at={first_at}
      label={labelOf[is_whole ? 'board' : 'board.returned']}
      is_for_all={is_for_all}
      wide
    >
      {situation && (
        <p>
          <a href={`/situations/${situation.id}`}>{name}</a>
        </p>
      )}
      <h1>{t.title}</h1>
      <ChangesBand changes={changes} is_open={!situation?.closed_at} />
      <ActivationBand states={bcps} />
      {children}
    </Layout>
  )
}

function ReportLink({ situation }: { situation: SituationView | null }) {
  const t = useTexts(texts)
  const href = situation ? `/situations/${situation.id}/report` : '/report'
  return (
    <Buttons>
      <ButtonLink href={href} kind="solid-fill">
        {t.report}
      </ButtonLink>
    </Buttons>
  )
}
