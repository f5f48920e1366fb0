import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { dayAt, dayEnd } from '#ground/html/day.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { drillOnly, markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { kindWords, membershipWords } from '#ground/market/institution-words.ts'
import { Day, StateChip } from './list-page.tsx'
import type { NoticeView } from './queries.ts'
import { officialNoticeTexts } from './texts.ts'
import { documentKindWords, documentStateOf, isFollowed, issuedWords, periodWords, prefectureWords } from './words.ts'

type Props = { notice: NoticeView; may_pass_on: boolean; may_register: boolean }

/** One document as it came in; what was extended or replaced stays readable, struck through, and points at what holds now. */
export function OfficialNoticePage({ notice, may_pass_on, may_register }: Props) {
  const t = useTexts(officialNoticeTexts)
  const { language, now } = useReading()
  const is_followed = isFollowed(notice, dayAt(now))
  const title = markedTitle(language, notice.mode, notice.title)
  return (
    <Layout
      title={notice.title}
      mode={drillOnly(notice.mode)}
      label={notice.label}
      live={`/official-notices/${notice.id}`}
      refresh_at={dayEnd(now)}
    >
      <h1>{is_followed ? <s>{title}</s> : title}</h1>
      {notice.after_id && notice.after_how && (
        <Banner kind="warning" title={t.after[notice.after_how]}>
          <p>
            {notice.after_on && <Day date={notice.after_on} />} {notice.after_title}
          </p>
          <ButtonLink href={`/official-notices/${notice.after_id}`} size="md">
            {t.after_next}
          </ButtonLink>
        </Banner>
      )}
      <Facts notice={notice} />
      <h2>{t.body}</h2>
      {notice.body.split(/(?:\r?\n){2,}/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a notice never changes
        <p key={index}>
          {paragraph.split(/\r?\n/).flatMap((line, number) => (number === 0 ? [line] : [<br key={line} />, line]))}
        </p>
      ))}
      {may_pass_on && !is_followed && (
        <>
          <p>
            <ButtonLink
              href={`/notices/new?kind=official&official=${notice.id}${notice.situation_id ? `&situation=${notice.situation_id}` : ''}`}
              kind="solid-fill"
            >
              {notice.prefectures.length > 0 ? t.pass_on_area : t.pass_on}
            </ButtonLink>
          </p>
          <p className="dads-note">{t.pass_on_next}</p>
        </>
      )}
      {may_register && !is_followed && (
        <p>
          <ButtonLink href={`/official-notices/new?follows=${notice.id}`}>{t.follow}</ButtonLink>
        </p>
      )}
      <p>
        <a href="/official-notices">{t.back}</a>
      </p>
    </Layout>
  )
}

function Facts({ notice }: { notice: NoticeView }) {
  const t = useTexts(officialNoticeTexts)
  const words = useTexts(issuedWords)
  const kinds = useTexts(documentKindWords)
  const kind_names = useTexts(kindWords)
  const classes = useTexts(membershipWords)
  const { language, now } = useReading()
  const situation = notice.title_ja ? (language === 'en' && notice.title_en) || notice.title_ja : null
  const to = [
    ...notice.to_kinds.map((kind) => kind_names[kind]),
    ...notice.to_memberships.map((membership) => classes[membership]),
  ]
  const optional = (term: string, value: string) => (value ? [{ term, value }] : [])
  return (
    <SummaryList
      items={[
        { term: t.kind, value: kinds[notice.kind] },
        { term: t.state, value: <StateChip state={documentStateOf(notice, dayAt(now))} /> },
        { term: words.issuer, value: notice.issuers.join(language === 'ja' ? '、' : ', ') || notice.issuer },
        { term: words.reference, value: notice.reference || '—' },
        { term: words.issued_on, value: <Day date={notice.issued_on} /> },
        ...optional(t.law, notice.law),
        { term: t.prefectures, value: prefectureWords(language, notice.prefectures) || t.everywhere },
        ...optional(t.places, notice.places),
        { term: t.period, value: periodWords(language, notice) },
        { term: t.to, value: to.join(language === 'ja' ? '、' : ', ') || t.to_all },
        ...(notice.follows_id && notice.follows_how
          ? [
              {
                term: t.before[notice.follows_how],
                // Its label may keep it from this reader.
                value: notice.before_title ? (
                  <a href={`/official-notices/${notice.follows_id}`}>
                    <s>{notice.before_title}</s> {notice.before_on && <Day date={notice.before_on} />}
                  </a>
                ) : (
                  t.hidden
                ),
              },
            ]
          : []),
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
  )
}
