import { recordActs, viaWords } from '#delivery/answers/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { AgeBeside, Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { ReplyView } from './reply-queries.ts'
import { SaidPart } from './said-part.tsx'
import { type Stands, standsWords } from './stands.ts'

const texts = inBoth({
  ja: {
    title: '返信',
    intro:
      'メール・SMSの返信と回答用リンクの操作のうち、回答として受け付けられなかったものです。内容を読んで、回答として記録するか、対応済みにしてください。',
    open: (count: number) => `対応が必要な返信（${count}）`,
    others: '受け付けた返信と対応済みの返信',
    see_open: '対応が必要な返信を見る',
    see_others: '受け付けた返信と対応済みの返信を見る',
    none: '対応が必要な返信はありません',
    no_others: '返信はまだありません',
    when: '通知への返信が届くと、ここに表示されます。',
    who: '機関・担当者',
    nobody: '差出人不明',
    came: '受信',
    finding: '判定',
    text: '内容',
    about: '通知',
    act: '回答として記録する',
    settled: { answered: '事務局が回答として記録', set_aside: '事務局が対応済みにした' },
    findings: {
      taken: '受付済み',
      again: '回答済みと同じ内容',
      unclear: '読み取れない',
      no_code: 'どの通知への返信か不明',
      late: '有効な回答と異なる',
      over: '受付終了後',
      other_sender: '登録外の差出人',
      removed: '登録から外れた連絡先・無効にしたリンク',
      unknown: '登録外の番号',
      automatic: '自動応答',
    },
    warn_sender: '登録されたアドレスからではありません。電話などで本人に確かめてから記録してください。',
    set_aside: '対応済みにする',
    over: '回答の受付は終わりました（事案の終結、または通知から7日）。読んだら対応済みにしてください。',
    stands: 'いま有効な回答',
    no_stands: 'この機関の回答はまだありません',
    is_newer: 'この返信より後の回答です。返信では置き換わりません。',
    is_older: '記録すると、受信した時刻の回答として置き換わります。',
    told: {
      done: '記録しました',
      settled: 'この返信は対応済みです',
      over: 'この通知への回答の受付は終わっています',
      not_wanted: 'この通知には、その回答は記録できません',
      newer: '記録していません：返信より後に、この機関の新しい回答があります',
      changed: '記録していません：画面を開いた後に、この機関の回答が変わりました。見比べて、もう一度押してください',
    },
  },
  en: {
    title: 'Replies',
    intro:
      'Replies by mail and SMS, and presses behind answer links, that could not be taken as an answer. Read them, then record them as an answer or set them aside.',
    open: (count: number) => `Replies that need a look (${count})`,
    others: 'Replies taken or dealt with',
    see_open: 'See replies that need a look',
    see_others: 'See replies taken or dealt with',
    none: 'No reply needs a look',
    no_others: 'No replies yet',
    when: 'Replies to notices show here when they come in.',
    who: 'Institution, contact',
    nobody: 'Unknown sender',
    came: 'Received',
    finding: 'Finding',
    text: 'Text',
    about: 'Notice',
    act: 'Record as an answer',
    settled: { answered: 'Recorded by the secretariat', set_aside: 'Set aside by the secretariat' },
    findings: {
      taken: 'Taken',
      again: 'Said before',
      unclear: 'Cannot be read',
      no_code: 'Which notice is not clear',
      late: 'Differs from the answer that stands',
      over: 'Came too late',
      other_sender: 'Sender not registered',
      removed: 'No longer a contact, or a void link',
      unknown: 'Number not registered',
      automatic: 'Automatic reply',
    },
    warn_sender: 'It is not from a registered address. Ask the person, by phone for example, before you record it.',
    set_aside: 'Set aside',
    over: 'It can be answered no more: its situation is closed, or its notice a week old. Read the reply and set it aside.',
    stands: 'What stands',
    no_stands: 'This institution has not answered yet',
    is_newer: 'It was said after this reply, which does not replace it.',
    is_older: 'Recorded, the reply takes its place, as of when it came.',
    told: {
      done: 'Recorded',
      settled: 'This reply has been dealt with',
      over: 'This notice can no longer be answered',
      not_wanted: 'That answer cannot be recorded for this notice',
      newer: 'Not recorded: the institution has given a newer answer since the reply',
      changed: 'Not recorded: what the institution says has changed since the page was opened. Compare and press again',
    },
  },
})

export type Told = keyof (typeof texts)['ja']['told']
type Shown = ReplyView & { stands: Stands | null; is_over: boolean }
type Props = {
  found: Paged<Shown>
  is_open: boolean
  open_count: number
  may_settle: boolean
  told?: Told | undefined
}

/** What people wrote back: first what the program could not take and a person has to. */
export function RepliesPage({ found, is_open, open_count, may_settle, told }: Props) {
  const t = useTexts(texts)
  const caption = is_open ? t.open(open_count) : t.others
  return (
    <Layout title={t.title} label={labelOf.delivery} live="/replies" wide>
      <h1>{t.title}</h1>
      {told && <Banner kind={told === 'done' ? 'success' : 'warning'} title={t.told[told]} />}
      <p>{t.intro}</p>
      <p>
        <a href={is_open ? '/replies?show=others' : '/replies'}>{is_open ? t.see_others : t.see_open}</a>
      </p>
      <Listing
        path="/replies"
        caption={caption}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: is_open ? t.none : t.no_others, next: t.when }}
        asked={{ show: is_open ? null : 'others' }}
        columns={[
          { head: t.who, cell: (reply) => <Who reply={reply} /> },
          {
            head: t.came,
            cell: ({ received_at }) => (
              <>
                <Time at={received_at} />
                <AgeBeside at={received_at} />
              </>
            ),
          },
          { head: t.finding, cell: (reply) => <Finding reply={reply} /> },
          { head: t.text, cell: (reply) => <SaidPart reply={reply} /> },
          ...(is_open ? [{ head: t.stands, cell: (reply: Shown) => <WhatStands reply={reply} /> }] : []),
          {
            head: t.act,
            cell: (reply) => (is_open && may_settle ? <Settle reply={reply} /> : <Settled reply={reply} />),
          },
        ]}
      />
    </Layout>
  )
}

function Who({ reply }: { reply: ReplyView }) {
  const t = useTexts(texts)
  const vias = useTexts(viaWords)
  const { language } = useReading()
  const { name_ja, name_en, contact_ja, contact_en, sender, channel } = reply
  return (
    <>
      {name_ja !== null && name_en !== null ? named(language, { name_ja, name_en }) : t.nobody}
      {contact_ja !== null && (
        <>
          <br />
          {named(language, { name_ja: contact_ja, name_en: contact_en })}
        </>
      )}
      <br />
      <span className="dads-note">
        {vias[channel]} {sender}
      </span>
    </>
  )
}

function Finding({ reply }: { reply: ReplyView }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const { finding, notice_id, mode, subject_ja, subject_en } = reply
  return (
    <>
      <Chip look={finding === 'taken' || finding === 'again' ? 'normal' : 'partial'}>{t.findings[finding]}</Chip>
      {finding === 'other_sender' && <p className="dads-note">{t.warn_sender}</p>}
      {notice_id && mode && (
        <p>
          <a href={`/notices/${notice_id}`}>
            {markedTitle(language, mode, (language === 'en' ? subject_en : subject_ja) ?? '')}
          </a>
        </p>
      )}
    </>
  )
}

/** What a person holds the reply against. */
function WhatStands({ reply: { stands, received_at, choices, recipient_id } }: { reply: Shown }) {
  const t = useTexts(texts)
  const vias = useTexts(viaWords)
  const { language } = useReading()
  if (!stands) return recipient_id ? t.no_stands : '—'
  return (
    <>
      <b>{standsWords(language, stands, choices ?? [])}</b>
      {stands.report?.text && <LongText>{stands.report.text}</LongText>}
      <br />
      {named(language, { name_ja: stands.who_ja, name_en: stands.who_en })} <Time at={stands.word.said_at} />
      <Brackets>{vias[stands.word.via]}</Brackets>
      <br />
      <span className="dads-note">{stands.word.said_at > received_at ? t.is_newer : t.is_older}</span>
    </>
  )
}

function Settle({ reply: { id, answer_wanted, choices, text, pressed, stands, is_over } }: { reply: Shown }) {
  const t = useTexts(texts)
  const acts = useTexts(recordActs)
  const { language } = useReading()
  const wanted = is_over ? 'none' : answer_wanted
  const press = (value: string, words: string) =>
    pressed && value !== 'set_aside' && pressed !== (value === 'text' ? 'not_normal' : value) ? null : (
      <Button key={value} kind="outline" size="md" name="as" value={value}>
        {words}
      </Button>
    )
  return (
    <Form action={`/replies/${id}/settlement`}>
      <HiddenFields fields={{ upon: stands?.word.id ?? '' }} />
      {is_over && <p className="dads-note">{t.over}</p>}
      <Buttons>
        {wanted === 'acknowledge' && press('acknowledged', acts.acknowledged)}
        {wanted === 'choice' &&
          (choices ?? []).map((choice, index) => press(`choice-${index + 1}`, acts.choice(choice[language])))}
        {wanted === 'report' && press('normal', acts.normal)}
        {wanted === 'report' && press('alternative', acts.alternative)}
        {wanted === 'report' && text !== '' && press('text', acts.text)}
        {press('set_aside', t.set_aside)}
      </Buttons>
    </Form>
  )
}

function Settled({ reply: { settled_how, settled_at, settled_by_ja, settled_by_en } }: { reply: ReplyView }) {
  const t = useTexts(texts)
  const { language } = useReading()
  if (!settled_how || !settled_at) return '—'
  return (
    <>
      {t.settled[settled_how]} <Time at={settled_at} />{' '}
      {settled_by_ja !== null && named(language, { name_ja: settled_by_ja, name_en: settled_by_en })}
    </>
  )
}
