import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Age, Time, UntilBeside } from '#ground/html/time.tsx'
import { type Asked, listAddress } from '#ground/lists/address.ts'
import { Listing } from '#ground/lists/listing.tsx'
import type { Counted, Paged } from '#ground/lists/paged.ts'
import { ListPart } from '#ground/lists/pagination.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { Numbers } from './numbers.tsx'
import type { CallClaim, CallMade, CallReceipt, CallRow } from './queries.ts'
import { outcomeWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: '電話連絡リスト',
    intro:
      'まだ回答していない機関に、上から順に電話してください。かける前に「電話をかける」を押すと、ほかの人が同じ機関にかけません。',
    caption: (count: number) => `電話する機関（${count}）`,
    none: '電話する機関はありません',
    none_why:
      '配信しても回答のない機関が、連絡の段階に従ってここに加わります。待たずに載せるには、通知か状況照会のページを開いてください。',
    none_below: 'まだ回答していない機関は、下の一覧から電話連絡リストに載せられます。',
    institution: '機関',
    infrastructure: '関係機関',
    people: '電話する人（上から順に）',
    since: 'リストに載ってから',
    answer_by: '回答期限',
    calls: 'これまでの電話',
    no_calls: 'まだ電話していません',
    act: '操作',
    wanted: '電話を希望',
    call: '電話をかける',
    open: '結果を記録する',
    answered: (name: string) => `${name}の回答を記録しました`,
    only: 'この通知の分だけを表示しています。',
    all: 'すべての通知の分を見る',
    sheet: '印刷用の表を開く（FAX番号つき）',
    add_caption: 'まだ回答していない、リストにない機関',
    add: '電話連絡リストに載せる',
  },
  en: {
    title: 'Call list',
    intro:
      'Ring the institutions that have not answered, from the top. Press “Ring them” first, so that nobody else rings the same one.',
    caption: (count: number) => `Institutions to ring (${count})`,
    none: 'Nobody has to be rung',
    none_why:
      'Institutions that do not answer what was sent come here by their escalation ladder. To put one here at once, open the notice or the round.',
    none_below: 'Those below have not answered: put them on the list from there.',
    institution: 'Institution',
    infrastructure: 'Infrastructure',
    people: 'Whom to ring, from the top',
    since: 'On the list for',
    answer_by: 'Answer by',
    calls: 'Calls so far',
    no_calls: 'Not rung yet',
    act: 'Act',
    wanted: 'Asked to be rung',
    call: 'Ring them',
    open: 'Record the call',
    answered: (name: string) => `The answer of ${name} is recorded`,
    only: 'Only of this notice.',
    all: 'See those of all notices',
    sheet: 'Open the table for printing, with fax numbers',
    add_caption: 'Institutions that have not answered and are not on the list',
    add: 'Put on the call list',
  },
})

type Props = {
  found: Counted<CallRow>
  /** Of which notice or round, when only a part is shown. */
  asked: Asked
  others: Paged<CallReceipt> | null
  /** Whose answer was just recorded. */
  answered: CallReceipt | undefined
  may_call: boolean
}

/** Who still has to be rung, by weight, with the people and their numbers and who is on the phone now. */
export function CallsPage({ found, asked, others, answered, may_call }: Props) {
  const t = useTexts(texts)
  const { now, reader, language } = useReading()
  const soon = new Date(now.getTime() + 60_000)
  return (
    <Layout title={t.title} label={labelOf.delivery} live="/calls" refresh_at={soon} wide>
      <h1>{t.title}</h1>
      {answered?.closed_at && <Banner kind="success" title={t.answered(named(language, answered))} />}
      <p>{t.intro}</p>
      {Object.values(asked).some(Boolean) && (
        <p>
          {t.only} <a href="/calls">{t.all}</a>
        </p>
      )}
      {found.count > 0 && (
        <Buttons>
          <ButtonLink href={listAddress('/calls/sheet', asked)} size="md">
            {t.sheet}
          </ButtonLink>
        </Buttons>
      )}
      <Listing
        path="/calls"
        caption={t.caption(found.count)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.none, next: others && others.rows.length > 0 ? t.none_below : t.none_why }}
        asked={asked}
        columns={[
          { head: t.institution, cell: (row) => <About row={row} /> },
          { head: t.people, cell: ({ people }) => <Numbers people={people} /> },
          { head: t.since, cell: (row) => <Waiting row={row} /> },
          {
            head: t.calls,
            cell: ({ calls, claim }) => (
              <>
                <Ringing claim={claim} me={reader?.id} />
                <LastCall calls={calls} />
              </>
            ),
          },
          {
            head: t.act,
            cell: (row) => (
              <>
                {may_call && row.claim === null && (
                  <Form action={`/calls/${row.id}/claim`}>
                    <Button size="md">{t.call}</Button>
                  </Form>
                )}
                <a href={`/calls/${row.id}`}>{t.open}</a>
              </>
            ),
          },
        ]}
      />
      {may_call && others && others.rows.length > 0 && (
        <DataTable
          caption={
            <>
              {t.add_caption}
              <ListPart found={others} on_screen />
            </>
          }
          rows={others.rows}
          rowKey={({ id }) => id}
          columns={[
            { head: t.institution, cell: (row) => <About row={row} /> },
            {
              head: t.act,
              cell: ({ id }) => (
                <Form action={`/calls/${id}/listing`}>
                  <HiddenFields fields={{ is_listed: 'yes', notice: asked.notice ?? '', round: asked.round ?? '' }} />
                  <Button size="md" kind="outline">
                    {t.add}
                  </Button>
                </Form>
              ),
            },
          ]}
        />
      )}
    </Layout>
  )
}

function About({ row }: { row: CallReceipt }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <>
      {markedTitle(language, row.mode, named(language, row))}{' '}
      {row.is_infrastructure && (
        <>
          <br />
          <span className="dads-note">{t.infrastructure}</span>
        </>
      )}
      <br />
      <a href={`/notices/${row.notice_id}`} className="dads-note">
        {language === 'en' ? row.subject_en : row.subject_ja}
      </a>
    </>
  )
}

function Waiting({ row: { call_since, call_wanted_at, answer_by } }: { row: CallRow }) {
  const t = useTexts(texts)
  return (
    <>
      {call_wanted_at && (
        <>
          <Chip look="stopped">{t.wanted}</Chip> <Time at={call_wanted_at} />
          <br />
        </>
      )}
      {call_since && <Age at={call_since} />}
      {answer_by && (
        <>
          <br />
          {t.answer_by} <Time at={answer_by} />
          <UntilBeside at={answer_by} />
        </>
      )}
    </>
  )
}

const ringing = inBoth({
  ja: { other: (name: string) => `${name}さんが電話中`, me: 'あなたが電話中', until: 'まで' },
  en: { other: (name: string) => `${name} is ringing them`, me: 'You are ringing them', until: '' },
})

/** Who is on the phone with them now, so that nobody else rings. */
export function Ringing({ claim, me }: { claim: CallClaim | null; me: string | undefined }) {
  const t = useTexts(ringing)
  const { language } = useReading()
  if (!claim) return null
  return (
    <p>
      <Chip look="sending">{claim.claimed_by === me ? t.me : t.other(named(language, claim))}</Chip>
      <Brackets>
        <Time at={claim.claimed_until} />
        {t.until}
      </Brackets>
    </p>
  )
}

export function LastCall({ calls }: { calls: readonly CallMade[] }) {
  const t = useTexts(texts)
  const words = useTexts(outcomeWords)
  const { language } = useReading()
  const [last] = calls
  if (!last) return t.no_calls
  return (
    <>
      {words[last.outcome]} <Time at={last.called_at} />{' '}
      {named(language, { name_ja: last.caller_ja, name_en: last.caller_en })}
      {calls.length > 1 && <Brackets>{calls.length}</Brackets>}
      {last.note && (
        <>
          <br />
          {last.note}
        </>
      )}
    </>
  )
}

export const failures = inBoth({
  ja: {
    title: '記録できませんでした',
    claimed: 'ほかの人が電話中です',
    closed: 'この機関は回答済みです',
    answered: 'この機関はすでに回答しています。その回答はそのままです',
    over: 'この通知への回答の受付は終わっています。新しい照会の電話連絡リストから記録してください',
    newer: 'この機関の新しい報告があります。見比べて、電話の内容のほうが新しいときだけ、もう一度押してください',
    not_wanted: 'この通知には、その回答は記録できません',
  },
  en: {
    title: 'Not recorded',
    claimed: 'Somebody else is ringing them',
    closed: 'This institution has answered',
    answered: 'This institution has answered already. Its answer stands',
    over: 'This notice can no longer be answered. Record it from the call list of the newest asking',
    newer: 'The institution has a newer report. Compare, and press again only if what you were told is newer',
    not_wanted: 'That answer cannot be recorded for this notice',
  },
})
export type CallFailure = 'claimed' | 'closed' | 'answered' | 'over' | 'not_wanted' | 'newer'

export function Failed({ failed }: { failed: CallFailure | undefined }) {
  const t = useTexts(failures)
  return failed ? <Banner kind="warning" title={t[failed]} /> : null
}
