import { recordActs, reportWords } from '#delivery/answers/index.ts'
import { type ContactView, contactWords, hoursAt, reachableNow, writePhone } from '#directory/contacts/index.ts'
import type { RecipientAddress } from '#ground/db/tables.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { Card, LongText } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { type StandingReport, saidAt } from '#status/reports/index.ts'
import { type CallFailure, Failed, LastCall, Ringing } from './calls-page.tsx'
import { NumberLine } from './numbers.tsx'
import { type NumberNow, numbersNow } from './people-now.ts'
import type { CallClaim, CallMade, CallReceipt } from './queries.ts'
import { outcomes, outcomeWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: (name: string) => `${name}に電話する`,
    back: '電話連絡リストへ戻る',
    what: '伝えること（通知の本文）',
    call: '電話をかける',
    people: 'かける人（連絡網の順）',
    none: '連絡先が登録されていません',
    reachable: '今つながる時間帯',
    not_reachable: '今は登録の時間外',
    quarantined: '届かないため停止中',
    note: (name: string) => `${name}との電話のメモ（任意）`,
    last: '直近の電話：',
    outcome: '電話の結果を押すと、記録されます。',
    answer: '機関の回答を代わって記録する',
    answer_hint: '電話で聞いた回答です。事務局が代わって記録したと表示されます。',
    told: '聞き取った内容（任意）',
    not_normal: '正常でない機関の状況を、代わりに報告する',
    wanted: 'この機関の方が、電話を希望しています',
    stands: 'この機関のいまの報告：',
    answered: 'この機関は回答しました。電話する必要はありません。',
    informed: '情報共有として届いています。電話する必要はありません。',
    ended: '回答のないまま終了しました。電話する必要はありません。',
    calls: 'これまでの電話',
    no_calls: 'まだ電話していません',
    take_off: 'リストから外す',
    put_on: '電話連絡リストに載せる',
  },
  en: {
    title: (name: string) => `Ring ${name}`,
    back: 'Back to the call list',
    what: 'What to say (the notice)',
    call: 'Ring them',
    people: 'Whom to ring, in the order of the call tree',
    none: 'No contacts are registered',
    reachable: 'Reachable at this hour',
    not_reachable: 'Not reachable at this hour',
    quarantined: 'Stopped: does not arrive',
    note: (name: string) => `Note of the call with ${name} (optional)`,
    last: 'Last call:',
    outcome: 'Press what came of the call, and it is recorded.',
    answer: 'Record what the institution answered',
    answer_hint: 'As you were told on the phone. It shows that the secretariat recorded it.',
    told: 'What you were told (optional)',
    not_normal: 'Not normal: report their status on behalf',
    wanted: 'Somebody of this institution has asked to be rung',
    stands: 'What it says now:',
    answered: 'This institution has answered. It need not be rung.',
    informed: 'It got this for information. It need not be rung.',
    ended: 'It ended without an answer. It need not be rung.',
    calls: 'Calls so far',
    no_calls: 'Not rung yet',
    take_off: 'Take off the list',
    put_on: 'Put on the call list',
  },
})

type Props = {
  receipt: CallReceipt
  contacts: ContactView[]
  /** The recipient of this notice that each contact is. */
  recipients: { id: string; contact_id: string; addresses: readonly RecipientAddress[] }[]
  calls: CallMade[]
  claim: CallClaim | null
  /** What the institution says now, where it is asked to report. */
  stands: StandingReport | null
  may: { call: boolean; answer: boolean }
  keys: { call: string; answer: string }
  failed?: CallFailure | undefined
  values?: Record<string, string>
  problems?: Problems
}

/** Everything for one call: what to say, whom to ring, one press for what came of it, and the answer on their behalf. */
export function CallPage(props: Props) {
  const { receipt, contacts, calls, claim, may, failed, problems = {} } = props
  const t = useTexts(texts)
  const words = useTexts(outcomeWords)
  const { language, reader } = useReading()
  const title = t.title(named(language, receipt))
  const wanted_at = receipt.call_wanted_at
  const is_wanted =
    wanted_at !== null && !calls.some(({ outcome, called_at }) => outcome === 'reached' && called_at >= wanted_at)
  const is_open = receipt.closed_at === null
  const is_rung = is_open || is_wanted
  return (
    <Layout title={title} mode={receipt.mode} label={labelOf.delivery} live="/calls">
      <p>
        <a href="/calls">{t.back}</a>
      </p>
      <ErrorSummary problems={problems} />
      <Failed failed={failed} />
      <h1>{title}</h1>
      {calls.length > 0 && (
        <p>
          <b>{t.last}</b> <LastCall calls={calls} />
        </p>
      )}
      {is_wanted && (
        <p>
          <Chip look="stopped">{t.wanted}</Chip> <Time at={wanted_at} />
        </p>
      )}
      {!is_rung && (
        <p>
          <Chip look={receipt.closed_how === 'ended' ? 'unknown' : 'normal'}>
            {receipt.closed_how === 'informed' ? t.informed : receipt.closed_how === 'ended' ? t.ended : t.answered}
          </Chip>
        </p>
      )}
      <Ringing claim={claim} me={reader?.id} />
      {is_rung && may.call && claim === null && (
        <Form action={`/calls/${receipt.id}/claim`}>
          <Button>{t.call}</Button>
        </Form>
      )}
      <Details summary={t.what} id="notice" open>
        <p>
          <b>{markedTitle(language, receipt.mode, language === 'en' ? receipt.subject_en : receipt.subject_ja)}</b>
        </p>
        <LongText>{language === 'en' ? receipt.text_en : receipt.text_ja}</LongText>
      </Details>
      <h2>{t.people}</h2>
      {contacts.length === 0 && <p>{t.none}</p>}
      {contacts.map((contact) => (
        <Person key={contact.id} contact={contact} props={props} is_rung={is_rung} />
      ))}
      {is_open && may.answer && <AnswerForm {...props} />}
      <h2>{t.calls}</h2>
      {calls.length === 0 && <p>{t.no_calls}</p>}
      <ul>
        {calls.map((call) => (
          <li key={call.id}>
            <Time at={call.called_at} /> <b>{words[call.outcome]}</b>{' '}
            {call.contact_ja !== null && named(language, { name_ja: call.contact_ja, name_en: call.contact_en })}
            <Brackets>{named(language, { name_ja: call.caller_ja, name_en: call.caller_en })}</Brackets> {call.note}
          </li>
        ))}
      </ul>
      {is_rung && may.call && (
        <Form action={`/calls/${receipt.id}/listing`}>
          <HiddenFields fields={{ is_listed: receipt.call_since ? 'no' : 'yes' }} />
          <Button kind="text" size="md">
            {receipt.call_since ? t.take_off : t.put_on}
          </Button>
        </Form>
      )}
    </Layout>
  )
}

function Person({ contact, props, is_rung }: { contact: ContactView; props: Props; is_rung: boolean }) {
  const { receipt, recipients, may, keys, values = {}, problems = {} } = props
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const results = useTexts(outcomeWords)
  const { language, now } = useReading()
  const name = named(language, contact)
  const is_now = reachableNow(contact, now)
  const stamped = recipients.find(({ contact_id }) => contact_id === contact.id)
  const recipient_id = stamped?.id ?? ''
  const quarantined = contact.addresses.filter(({ quarantined_at }) => quarantined_at !== null)
  const isStopped = ({ address }: NumberNow) => quarantined.some((one) => writePhone(one) === address)
  const is_refused = values.recipient_id !== undefined && values.recipient_id === recipient_id
  return (
    <Card title={name}>
      <p>
        <Chip look={is_now ? 'normal' : 'unknown'}>{is_now ? t.reachable : t.not_reachable}</Chip>
        <Brackets>{words.hours[hoursAt(now)]}</Brackets>
      </p>
      <ul>
        {numbersNow(contact.addresses, stamped?.addresses ?? null).map((number) => (
          <li key={`${number.means} ${number.address}`}>
            <NumberLine number={isStopped(number) ? { ...number, change: null } : number} />
            {isStopped(number) && <Brackets>{t.quarantined}</Brackets>}
          </li>
        ))}
      </ul>
      {may.call && is_rung && (
        <form method="post" action={`/calls/${receipt.id}/calls`} noValidate className="dads-form">
          <HiddenFields fields={{ recipient_id, idempotency_key: keyFor(keys.call, contact.id) }} />
          {is_refused && problems.note ? (
            <TextInput name="note" label={t.note(name)} value={values.note} problem={problems.note} />
          ) : (
            <label>
              <span className="dads-note">{t.note(name)}</span>
              <input
                className="dads-input-text"
                type="text"
                name="note"
                maxLength={500}
                defaultValue={is_refused ? values.note : undefined}
              />
            </label>
          )}
          <p className="dads-note">{t.outcome}</p>
          <Buttons dense>
            {outcomes.map((outcome) => (
              <Button key={outcome} kind="outline" size="md" name="outcome" value={outcome}>
                {results[outcome]}
              </Button>
            ))}
          </Buttons>
        </form>
      )}
    </Card>
  )
}

/** Each person's form has a key of its own, made from that of the page. */
const keyFor = (key: string, contact_id: string) => `${contact_id.slice(0, 14)}${key.slice(14)}`

function AnswerForm({ receipt, keys, stands, values = {}, problems = {} }: Props) {
  const t = useTexts(texts)
  const acts = useTexts(recordActs)
  const { language } = useReading()
  const press = (value: string, words: string) => (
    <Button key={value} kind="outline" size="md" name="as" value={value}>
      {words}
    </Button>
  )
  const { answer_wanted, choices, round_id, institution_id } = receipt
  return (
    <>
      <h2>{t.answer}</h2>
      <Form action={`/calls/${receipt.id}/answer`}>
        <p>{t.answer_hint}</p>
        {stands && (
          <p>
            {t.stands} <b>{reportWords(language, stands)}</b>{' '}
            {named(language, { name_ja: stands.who_ja ?? '', name_en: stands.who_en })} <Time at={saidAt(stands)} />
          </p>
        )}
        <HiddenFields fields={{ idempotency_key: keys.answer, written_upon: stands?.id ?? '' }} />
        <TextArea name="text" label={t.told} rows={2} maxLength={1000} value={values.text} problem={problems.text} />
        <Buttons>
          {answer_wanted === 'acknowledge' && press('acknowledged', acts.acknowledged)}
          {answer_wanted === 'choice' &&
            choices.map((choice, index) => press(`choice-${index + 1}`, acts.choice(choice[language])))}
          {answer_wanted === 'report' && press('normal', acts.normal)}
          {answer_wanted === 'report' && press('alternative', acts.alternative)}
          {answer_wanted === 'report' && round_id && (
            <ButtonLink href={`/rounds/${round_id}/report-for/${institution_id}`} size="md">
              {t.not_normal}
            </ButtonLink>
          )}
        </Buttons>
      </Form>
    </>
  )
}
