import { isRemarked, onBehalf, take_back_minutes, viaWords } from '#delivery/answers/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import type { LinkProps, Told } from './link-props.ts'
import { type Stands, standsWords } from './stands.ts'

const texts = inBoth({
  ja: {
    told: {
      taken: '回答を受け付けました',
      again: '貴機関の回答は済んでいます。今押したことで変わったことはありません',
      late: '今押した内容は、受け付けていません',
      replaced: '今押した内容は、受け付けていません',
      removed: '今押した内容は、受け付けていません',
      called: '電話の希望を受け付けました。事務局から電話します',
      taken_back: '取り消しました',
      newer: '取り消していません：その後に新しい回答があります',
      too_late: '取り消していません：押してから10分を過ぎています',
    } satisfies Record<Told, string>,
    late_next:
      '貴機関の別の回答が有効のままです。押した内容は保管し、事務局に表示しました。状況が変わったときは、サインインして報告・回答するか、事務局に電話してください。',
    taken_back_next: '押す前の状態に戻しました。事務局の画面にも、取り消しと表示されます。',
    too_late_next: '違うところがあるときは、サインインして訂正を報告するか、事務局に電話してください。',
    removed: 'この連絡先からは回答できません',
    removed_next:
      '貴機関の連絡先から外れたか、このリンクが無効にされています。押された内容は保管し、事務局が確認します。回答は、貴機関の別の担当者がするか、事務局に電話してください。',
    replaced: 'この通知は訂正されました。新しい通知を読んで、そちらに回答してください。',
    withdrawn: 'この通知は取り消されました。回答はいりません。',
    asked_again: '新しい照会が届いています。このページからは回答できません。',
    ended: 'この通知への回答の受付は終わりました。',
    go_on: '新しい通知のページを開いて回答する',
    report: 'サインインして状況を報告する',
    new_text: 'サインインして新しい通知を読む',
    answered: 'この通知には、貴機関の回答が済んでいます',
    stands: '貴機関のいまの報告・回答',
    none: '貴機関の報告は、いまはありません。',
    who: 'だれが',
    when: 'いつ',
    what: '何と',
    remarks: '補足',
    more: '補足あり',
    read_more: 'サインインして補足を読む',
    next_update: '次回の報告',
    until: 'まで',
    take_back: 'まちがえたので取り消す',
    take_back_until: 'まで取り消せます',
    change: '回答を変える・補足するときは、サインインしてください。',
    read: 'サインインして通知を読む',
  },
  en: {
    told: {
      taken: 'Your answer has been taken',
      again: 'Your institution has answered. Your press changed nothing',
      late: 'What you pressed was not taken',
      replaced: 'What you pressed was not taken',
      removed: 'What you pressed was not taken',
      called: 'The secretariat will ring you',
      taken_back: 'Taken back',
      newer: 'Not taken back: there is a newer answer',
      too_late: 'Not taken back: more than ten minutes have passed',
    } satisfies Record<Told, string>,
    late_next:
      'Another answer of your institution still stands. What you pressed was kept and shown to the secretariat. If things have changed, sign in to report or answer, or ring the secretariat.',
    taken_back_next: 'Things stand as before your press. The secretariat sees that it was taken back.',
    too_late_next: 'If anything is wrong, sign in and report a correction, or ring the secretariat.',
    removed: 'This contact cannot answer',
    removed_next:
      'You are no longer a contact of your institution, or this link was made void. What is pressed is kept, and the secretariat looks at it. Have another contact of your institution answer, or ring the secretariat.',
    replaced: 'This notice was corrected. Please read the new one and answer that.',
    withdrawn: 'This notice was withdrawn. No answer is needed.',
    asked_again: 'You have been asked again since. This page cannot be answered any more.',
    ended: 'This notice can no longer be answered.',
    go_on: 'Open the new notice and answer it',
    report: 'Sign in and report your status',
    new_text: 'Sign in and read the new notice',
    answered: 'Your institution has answered this notice',
    stands: 'What your institution says now',
    none: 'Your institution has no report now.',
    who: 'Who',
    when: 'When',
    what: 'What',
    remarks: 'Remarks',
    more: 'With remarks',
    read_more: 'Sign in and read the remarks',
    next_update: 'Next update',
    until: '',
    take_back: 'It was a mistake: take it back',
    take_back_until: 'is the last moment to take it back',
    change: 'To change the answer or add to it, please sign in.',
    read: 'Sign in and read the notice',
  },
})

/** What came of the press, what stands of the institution, and where to go on: never as if nothing had been pressed. */
export function Outcome(props: LinkProps) {
  const { notice, standing, speaks, answers, stands, told } = props
  const t = useTexts(texts)
  const said = told !== null && told !== 'no_text' && isSo(told, props) ? told : null
  const is_taken = said === 'taken'
  const is_answered = standing === 'answered' && answers.length > 0
  return (
    <>
      {said && !is_taken && (
        <Banner kind={said === 'called' || said === 'taken_back' ? 'success' : 'warning'} title={t.told[said]}>
          {said === 'late' && <p>{t.late_next}</p>}
          {said === 'taken_back' && <p>{t.taken_back_next}</p>}
          {said === 'too_late' && <p>{t.too_late_next}</p>}
        </Banner>
      )}
      {!speaks && (
        <Banner kind="warning" title={t.removed}>
          <p>{t.removed_next}</p>
        </Banner>
      )}
      <Past {...props} />
      {stands && (
        <Banner
          kind={is_taken || is_answered ? 'success' : 'info'}
          title={is_taken ? t.told.taken : is_answered ? t.answered : t.stands}
        >
          <WhatStands stands={stands} notice={notice} />
          <TakeBack {...props} />
          {is_answered && (
            <p>
              {t.change} <a href={`/notices/${notice.notice_id}`}>{t.read}</a>
            </p>
          )}
        </Banner>
      )}
      {!stands && said === 'taken_back' && <p>{t.none}</p>}
    </>
  )
}

/** Whether what the address says is so: a link may be opened again later, when it no longer is. */
function isSo(told: Told, { notice, answers, speaks, standing }: LinkProps): boolean {
  if (told === 'taken') return answers[0]?.recipient_id === notice.recipient_id
  if (told === 'removed') return !speaks
  if (told === 'called') return notice.call_wanted_at !== null
  if (told === 'replaced') return standing === 'replaced' || standing === 'ended'
  if (told === 'taken_back') return answers[0]?.recipient_id !== notice.recipient_id
  return true
}

/** That this notice answers nothing any more, and what does. */
function Past({ notice, standing, next }: LinkProps) {
  const t = useTexts(texts)
  if (standing !== 'replaced' && standing !== 'ended') return null
  const title =
    standing === 'replaced'
      ? notice.replaced_by_kind === 'withdrawal'
        ? t.withdrawn
        : t.replaced
      : next
        ? t.asked_again
        : t.ended
  return (
    <Banner kind="warning" title={title}>
      {next && <ButtonLink href={`/a/${next}`}>{t.go_on}</ButtonLink>}
      {!next && notice.answer_wanted === 'report' && (
        <ButtonLink href={`/situations/${notice.situation_id}/report`}>{t.report}</ButtonLink>
      )}
      {notice.replaced_by_id && (
        <p>
          <a href={`/notices/${notice.replaced_by_id}`}>{t.new_text}</a>
        </p>
      )}
    </Banner>
  )
}

function WhatStands({ stands, notice }: { stands: Stands; notice: LinkProps['notice'] }) {
  const t = useTexts(texts)
  const vias = useTexts(viaWords)
  const behalf = useTexts(onBehalf)
  const { language } = useReading()
  const { word, report } = stands
  const who = named(language, { name_ja: stands.who_ja, name_en: stands.who_en })
  // What a person wrote is shown again to whoever wrote it without a sign-in, and to nobody else.
  const remarks = report && report.contact_id === notice.contact_id ? report.text : ''
  const is_more = report !== null && isRemarked(report) && !(remarks && report.resumption_at === null)
  return (
    <SummaryList
      items={[
        { term: t.what, value: <b>{standsWords(language, stands, notice.choices)}</b> },
        ...(remarks ? [{ term: t.remarks, value: remarks }] : []),
        ...(is_more ? [{ term: t.more, value: <a href={`/reports/${report.id}`}>{t.read_more}</a> }] : []),
        { term: t.who, value: [who, word.is_on_behalf ? behalf : '', vias[word.via]].filter(Boolean).join(' / ') },
        { term: t.when, value: <Time at={word.said_at} with_date with_seconds /> },
        ...(report
          ? [
              {
                term: t.next_update,
                value: (
                  <>
                    <Time at={report.next_update_at} with_date />
                    {t.until}
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

/** Ten minutes to take back what was pressed on this page, while it is what stands. */
function TakeBack({ token, notice, answers, stands }: LinkProps) {
  const t = useTexts(texts)
  const { now } = useReading()
  const [last] = answers
  if (!last || !stands || last.recipient_id !== notice.recipient_id || last.via !== 'link') return null
  const until = new Date(last.answered_at.getTime() + take_back_minutes * 60_000)
  if (until <= now || stands.word.id !== (last.report_id ?? last.id)) return null
  return (
    <Form action={`/a/${token}`}>
      <HiddenFields fields={{ take_back: last.id }} />
      <Buttons>
        <Button kind="outline" size="md">
          {t.take_back}
        </Button>
      </Buttons>
      <p className="dads-note">
        <Time at={until} /> {t.take_back_until}
      </p>
    </Form>
  )
}
