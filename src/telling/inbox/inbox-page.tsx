import { noticeKindWords } from '#delivery/deliveries/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time, UntilBeside } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import type { Received } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '届いた通知',
    lead: '事務局から貴機関に届いた通知です。',
    caption: '回答が必要なもの、続いて新しいもの',
    empty: '届いた通知はまだありません',
    empty_next: '通知が届くと、登録された連絡手段でもお知らせします。連絡先が正しいことを確かめてください。',
    contacts: '自機関の連絡先を確かめる',
    subject: '件名',
    released: '配信',
    state: '回答',
    answer_by: '期限',
    states: {
      none: '回答不要',
      open: '回答が必要',
      overdue: '期限を過ぎています',
      answered: '回答済み',
      ended: '受付終了',
      informed: '情報共有（回答不要）',
    },
    replaced: '訂正されました',
    withdrawn: '取り消されました',
    waiting: (count: number) => `回答が必要な通知が${count}件あります`,
  },
  en: {
    title: 'Notices to us',
    lead: 'What the secretariat has sent to your institution.',
    caption: 'What waits for an answer, then the newest',
    empty: 'Nothing has been sent to you yet',
    empty_next:
      'When something is, you will also hear of it by the means you have registered. Check that they are right.',
    contacts: 'Check our contacts',
    subject: 'Subject',
    released: 'Sent',
    state: 'Answer',
    answer_by: 'By',
    states: {
      none: 'None needed',
      open: 'Answer needed',
      overdue: 'Overdue',
      answered: 'Answered',
      ended: 'Closed',
      informed: 'For information',
    },
    replaced: 'Corrected',
    withdrawn: 'Withdrawn',
    waiting: (count: number) => `${count} ${count === 1 ? 'notice waits' : 'notices wait'} for your answer`,
  },
})

type State = 'none' | 'open' | 'overdue' | 'answered' | 'ended' | 'informed'
const looks = {
  none: 'sent',
  open: 'not_reported',
  overdue: 'failed',
  answered: 'normal',
  ended: 'waiting',
  informed: 'sent',
} as const

const stateOf = ({ answer_wanted, closed_how, answer_by }: Received, now: Date): State => {
  if (answer_wanted === 'none') return 'none'
  if (closed_how) return closed_how
  return answer_by !== null && answer_by <= now ? 'overdue' : 'open'
}

export function InboxPage({ found }: { found: Paged<Received> }) {
  const t = useTexts(texts)
  const { now } = useReading()
  return (
    <Layout title={t.title} live="/notices">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <Listing
        path="/inbox"
        caption={t.caption}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: <EmptyNext /> }}
        columns={[
          { head: t.subject, cell: (notice) => <Subject notice={notice} /> },
          { head: t.released, cell: ({ released_at }) => released_at && <Time at={released_at} with_date /> },
          {
            head: t.state,
            cell: (notice) => {
              const state = stateOf(notice, now)
              return <Chip look={looks[state]}>{t.states[state]}</Chip>
            },
          },
          {
            head: t.answer_by,
            cell: ({ answer_by, answer_wanted }) =>
              answer_by && answer_wanted !== 'none' ? <Time at={answer_by} with_date /> : '—',
          },
        ]}
      />
    </Layout>
  )
}

function EmptyNext() {
  const t = useTexts(texts)
  return (
    <>
      <p>{t.empty_next}</p>
      <a href="/contacts">{t.contacts}</a>
    </>
  )
}

/** The subject as a link; of what was replaced it is struck through, with what became of it. */
function Subject({ notice }: { notice: Received }) {
  const t = useTexts(texts)
  const kinds = useTexts(noticeKindWords)
  const { language } = useReading()
  const subject = `${kinds[notice.kind]}: ${language === 'en' ? notice.subject_en : notice.subject_ja}`
  const title = markedTitle(language, notice.mode, subject)
  return (
    <>
      <a href={`/notices/${notice.id}`}>{notice.replaced_by_id ? <s>{title}</s> : title}</a>
      {notice.replaced_by_id && (
        <Brackets>
          {notice.newer_kind === 'withdrawal' ? t.withdrawn : t.replaced}{' '}
          {notice.replaced_at && <Time at={notice.replaced_at} />}
        </Brackets>
      )}
    </>
  )
}

/** On the home page of an institution: what waits for its answer. */
export function WaitingNotices({ notices }: { notices: readonly Received[] }) {
  const t = useTexts(texts)
  if (notices.length === 0) return null
  return (
    <Banner kind="warning" title={t.waiting(notices.length)}>
      <ul>
        {notices.map((notice) => (
          <li key={notice.id}>
            <Subject notice={notice} />
            {notice.answer_by && (
              <>
                {' '}
                {t.answer_by}: <Time at={notice.answer_by} />
                <UntilBeside at={notice.answer_by} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Banner>
  )
}
