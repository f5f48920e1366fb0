import { may } from '#access/index.ts'
import { ContactLinks, type ContactNotice, ContactWarnings } from '#contacts/index.ts'
import { Banner } from '#html/banner.tsx'
import { Brackets } from '#html/brackets.tsx'
import { ButtonLink, Buttons } from '#html/button.tsx'
import { Chip, Chips } from '#html/chip.tsx'
import { Empty } from '#html/empty.tsx'
import { Card, Columns } from '#html/frame.tsx'
import { inBoth } from '#html/language.ts'
import { Layout } from '#html/layout.tsx'
import { markedTitle } from '#html/modes.ts'
import { useReading, useTexts } from '#html/render.tsx'
import { Age, Time } from '#html/time.tsx'
import { ProposalCard, type ProposalView } from '#proposals/index.ts'
import { situationWords } from '#situations/index.ts'
import { IntakePanel } from './intake-panel.tsx'
import { type Intake, type OwnReport, type SituationAtWork, staleAt } from './queries.ts'
import { situationTexts } from './situation-texts.ts'

const texts = inBoth({
  ja: {
    title: 'ホーム',
    proposals: '判断を待っている提案',
    situations: '対応中の事案',
    calm: '対応中の事案はありません',
    calm_secretariat:
      '電文が設置基準に当たると、ここに提案が出ます。人の判断で始めるときは「対策本部を設置する」から。',
    calm_contact: '事案が起きると、ここに報告のボタンが出ます。メールでもお知らせします。平時にも状況を報告できます。',
    calm_other: '事案が起きると、ここに出ます。',
    open: '対策本部を設置する',
    trail: '監査証跡を見る',
    institution: '貴機関の登録内容（担当者・拠点）を見る',
    report: (title: string) => `「${title}」の状況を報告する`,
    report_again: (title: string) => `「${title}」の報告を更新する`,
    peacetime: '平時の状況を報告する',
    own_none: 'まだ報告していません',
    own_at: '最後の報告',
    due: '次の更新の予定',
    overdue: '更新の予定を過ぎています。いまの状況は「不明」と表示されています。',
    delivery: (count: number) => `メールの送信が滞っています（${count}通）`,
    delivery_next: '自動で送り直しています。急ぐ場合は電話で依頼してください。メールサーバーの答え：',
    public_page: '公開ページを保存できません',
    public_page_next:
      '公開ページは表示されていますが、サーバーを再起動すると古い内容に戻るおそれがあります。サーバーの担当者に次の内容を伝えてください：',
    event: '発生',
    board: '状況ボードを見る',
  },
  en: {
    title: 'Home',
    proposals: 'Proposals waiting for a decision',
    situations: 'Situations at work',
    calm: 'No situation is open',
    calm_secretariat:
      'When a telegram meets a criterion, a proposal appears here. To start on your own judgement, use “Set up the command centre”.',
    calm_contact:
      'When something happens, the button to report appears here, and you get a mail. You can also report in peacetime.',
    calm_other: 'When something happens, it appears here.',
    open: 'Set up the command centre',
    trail: 'See the audit trail',
    institution: 'See how your institution is registered (contacts, sites)',
    report: (title: string) => `Report on “${title}”`,
    report_again: (title: string) => `Update the report on “${title}”`,
    peacetime: 'Report in peacetime',
    own_none: 'Not reported yet',
    own_at: 'Last report',
    due: 'Next update due',
    overdue: 'The update is overdue. The state is shown as “unknown” now.',
    delivery: (count: number) => `Mails are held up (${count})`,
    delivery_next: 'They are tried again by themselves. If it is urgent, ask by phone. The mail server said: ',
    public_page: 'The public page cannot be saved',
    public_page_next:
      'It is shown all the same, but after a restart of the server it may go back to an older state. Tell those who run the server: ',
    event: 'Event',
    board: 'See the status board',
  },
})

export type HomePageProps = {
  /** Null for readers who do not see them. */
  proposals: ProposalView[] | null
  situations: SituationAtWork[]
  /** Null for readers who do not report. */
  own: OwnReport[] | null
  intake: Intake | null
  feeds_are_off: boolean
  peacetime_reports: boolean
  /** What is wrong with the files of the public page, in the words of the system; for those who publish. */
  public_problems: readonly string[]
  may_open: boolean
  contacts: ContactNotice
}

export function HomePage({
  proposals,
  situations,
  own,
  intake,
  feeds_are_off,
  peacetime_reports,
  public_problems,
  may_open,
  contacts,
}: HomePageProps) {
  const t = useTexts(texts)
  const { now, reader } = useReading()
  const isQuiet = situations.length === 0 && (proposals ?? []).length === 0
  // What changes by the mere passing of time: a report expires, a feed has not been heard for too long.
  const due = [
    ...(own?.flatMap(({ next_update_at }) => next_update_at ?? []) ?? []),
    ...(intake?.feeds.flatMap(({ succeeded_at }) => (succeeded_at ? staleAt(succeeded_at) : [])) ?? []),
  ].sort((a, b) => a.getTime() - b.getTime())
  return (
    <Layout
      title={t.title}
      live={['/proposals', '/situations', '/telegrams']}
      refresh_at={due.find((at) => at > now)}
      wide={own === null}
    >
      <h1>{t.title}</h1>
      {intake && intake.held_up.count > 0 && (
        <Banner kind="warning" title={t.delivery(intake.held_up.count)}>
          <p>
            {t.delivery_next}
            {intake.held_up.answer ?? '—'}
          </p>
        </Banner>
      )}
      {public_problems.length > 0 && (
        <Banner kind="warning" title={t.public_page}>
          <p>
            {t.public_page_next}
            {public_problems.join(' ')}
          </p>
        </Banner>
      )}
      {(!own || (proposals ?? []).length > 0) && !isQuiet && (
        <Columns>
          {proposals && proposals.length > 0 && (
            <section aria-labelledby="proposals">
              <h2 id="proposals">
                {t.proposals}
                <Brackets>{proposals.length}</Brackets>
              </h2>
              {proposals.map((proposal) => (
                <ProposalCard key={proposal.id} proposal={proposal} may_decide={may_open} />
              ))}
            </section>
          )}
          {!own && situations.length > 0 && (
            <section aria-labelledby="situations">
              <h2 id="situations">
                {t.situations}
                <Brackets>{situations.length}</Brackets>
              </h2>
              {situations.map((situation) => (
                <AtWork key={situation.id} situation={situation} may_ask={may_open} />
              ))}
            </section>
          )}
        </Columns>
      )}
      {own && own.length > 0 && (
        <section aria-labelledby="own">
          <h2 id="own">{t.situations}</h2>
          {own.map((situation) => (
            <OwnSituation key={situation.id} situation={situation} />
          ))}
        </section>
      )}
      <ContactWarnings notice={contacts} />
      {isQuiet && (
        <Empty title={t.calm}>
          <p>{may_open ? t.calm_secretariat : own ? t.calm_contact : t.calm_other}</p>
          {own && peacetime_reports && <ButtonLink href="/report">{t.peacetime}</ButtonLink>}
        </Empty>
      )}
      {own && reader && (
        <p>
          <a href={`/institutions/${reader.institution_id}`}>{t.institution}</a>
        </p>
      )}
      <ContactLinks notice={contacts} />
      {may_open && (
        <Buttons>
          <ButtonLink href="/situations/new" kind={isQuiet ? 'solid-fill' : 'outline'}>
            {t.open}
          </ButtonLink>
        </Buttons>
      )}
      {!may_open && reader && may(reader, 'trail.read') && (
        <p>
          <a href="/trail">{t.trail}</a>
        </p>
      )}
      {intake && <IntakePanel intake={intake} feeds_are_off={feeds_are_off} />}
    </Layout>
  )
}

function OwnSituation({ situation }: { situation: OwnReport }) {
  const t = useTexts(texts)
  const { language, now } = useReading()
  const title = markedTitle(language, situation.mode, language === 'en' ? situation.title_en : situation.title_ja)
  const isOverdue = situation.next_update_at !== null && situation.next_update_at <= now
  return (
    <Card title={title} mode={situation.mode}>
      {isOverdue && <Banner kind="warning" title={t.overdue} />}
      {situation.reported_at ? (
        <p>
          {t.own_at}:{' '}
          <a href={`/reports/${situation.report_id}`}>
            <Time at={situation.reported_at} />
          </a>
          <Brackets>
            <Age at={situation.reported_at} />
          </Brackets>
          {situation.next_update_at && (
            <>
              {' '}
              ・ {t.due}: <Time at={situation.next_update_at} />
            </>
          )}
        </p>
      ) : (
        <p>
          <Chip look="not_reported">{t.own_none}</Chip>
        </p>
      )}
      <Buttons>
        <ButtonLink href={`/situations/${situation.id}/report`} kind="solid-fill">
          {situation.reported_at ? t.report_again(title) : t.report(title)}
        </ButtonLink>
        {situation.returned_at && <ButtonLink href={`/situations/${situation.id}/board`}>{t.board}</ButtonLink>}
      </Buttons>
    </Card>
  )
}

/** A situation in short, with how far its work is: what is not done yet looks so. */
function AtWork({ situation, may_ask }: { situation: SituationAtWork; may_ask: boolean }) {
  const t = useTexts(texts)
  const work = useTexts(situationTexts)
  const words = useTexts(situationWords)
  const { language } = useReading()
  const title = language === 'en' ? situation.title_en : situation.title_ja
  const asked = Number(situation.asked ?? 0)
  const reported = Number(situation.reported ?? 0)
  return (
    <Card
      mode={situation.mode}
      title={<a href={`/situations/${situation.id}`}>{markedTitle(language, situation.mode, title)}</a>}
    >
      <p>
        {words.phases[situation.phase]} ・ {t.event} <Time at={situation.event_at} />
        <Brackets>
          <Age at={situation.event_at} />
        </Brackets>
      </p>
      <Chips>
        <Chip look={asked === 0 ? 'waiting' : reported < asked ? 'not_reported' : 'normal'}>
          {asked === 0 ? work.not_asked : work.asked(reported, asked)}
        </Chip>
        <Chip look={situation.returned_at ? 'sent' : 'waiting'}>
          {situation.returned_at ? work.returned : work.not_returned}
        </Chip>
        <Chip look={situation.published_at ? 'sent' : 'waiting'}>
          {situation.published_at ? work.published : work.not_published}
        </Chip>
      </Chips>
      {asked === 0 && may_ask && (
        <Buttons>
          <ButtonLink href={`/situations/${situation.id}/ask`} size="md">
            {work.ask}
          </ButtonLink>
        </Buttons>
      )}
    </Card>
  )
}
