import type { Context } from 'hono'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import type { Typed } from '#ground/html/refill.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { TypedWords } from '#ground/html/typed-words.tsx'
import { may } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { readSituation, type SituationView } from './queries.ts'

const texts = inBoth({
  ja: {
    title: {
      closed: 'この事案は、すでに終結しています',
      reopened: 'この事案は、すでに再開されています',
      set_up: '対策本部は、すでに設置されています',
      dissolved: '対策本部は、すでに廃止されています',
    },
    did: {
      closed: (who: string) => `${who}さんが終結しました。`,
      reopened: (who: string) => `${who}さんが同意して再開しました。`,
      set_up: (who: string) => `${who}さんが設置しました。`,
      dissolved: (who: string) => `${who}さんが廃止しました。`,
    },
    reason: '理由',
    undone: (act: string) => `あなたの「${act}」は行われていません。`,
    next: {
      closed:
        '終結した事案では、もう操作できません。まだ必要なことがあれば終結した人に確かめ、終結が誤りだったときは再開を求めてください。',
      reopened: '事案は対応中です。事案のページで、いまの状態を確かめてください。',
      set_up: '事案のページで、続きを行ってください。',
      dissolved: '事案は続いています。事案のページで、いまの状態を確かめてください。',
    },
    situation: '事案を見る',
    reopen: '終結が誤りだったとき：再開を求める',
    acts: {
      set_up: '対策本部を設置する',
      dissolve: '対策本部を廃止する',
      check: '公表内容を確かめる',
      publish: '一般に公表する',
      close: '事案を終結する',
      emergency: '緊急時の局面に戻す',
      recovery: '復旧・再開時の局面に進める',
      review: '名称と公表内容を見直す',
      return: '関係機関に状況ボードを還元する',
      close_round: '状況照会を終了する',
      chase: '次の段階の連絡を今すぐ行う',
      call: '電話リストに載せる',
      ask_reopening: '再開を求める',
      agree_reopening: '同意して事案を再開する',
      drop_reopening: '再開の求めを取り下げる',
    },
  },
  en: {
    title: {
      closed: 'This situation is closed already',
      reopened: 'This situation has been opened again already',
      set_up: 'The command centre has been set up already',
      dissolved: 'The command centre has been dissolved already',
    },
    did: {
      closed: (who: string) => `${who} closed it.`,
      reopened: (who: string) => `${who} agreed to open it again.`,
      set_up: (who: string) => `${who} set it up.`,
      dissolved: (who: string) => `${who} dissolved it.`,
    },
    reason: 'Reason',
    undone: (act: string) => `Your “${act}” was not done.`,
    next: {
      closed:
        'Nothing can be done in a closed situation any more. If something is still needed, ask who closed it; if the closing was a mistake, ask to open it again.',
      reopened: 'The situation is open. See on its page how it stands now.',
      set_up: 'Go on in the situation.',
      dissolved: 'The situation goes on. See on its page how it stands now.',
    },
    situation: 'See the situation',
    reopen: 'Closed by mistake? Ask to open it again',
    acts: {
      set_up: 'Set up the command centre',
      dissolve: 'Dissolve the command centre',
      check: 'Check what would become public',
      publish: 'Publish',
      close: 'Close the situation',
      emergency: 'Go back to emergency',
      recovery: 'Move on to recovery and resumption',
      review: 'Review name and public text',
      return: 'Share the status board with the institutions',
      close_round: 'Close the round',
      chase: 'Take the next step now',
      call: 'Put on the call list',
      ask_reopening: 'Ask to open it again',
      agree_reopening: 'Agree and open it again',
      drop_reopening: 'Drop this request',
    },
  },
})

export type OvertakenAct = keyof (typeof texts)['ja']['acts']
type Happened = {
  what: 'closed' | 'reopened' | 'set_up' | 'dissolved'
  who: { name_ja: string; name_en: string }
  at: Date
  reason: string
}
type Told = {
  act: OvertakenAct
  typed?: Typed
  /** Where it is not the closing that came between. */
  reopened?: Omit<Happened, 'what'> | undefined
  /** Or what another did to the command centre of a situation that is still open. */
  centre?: Happened | undefined
}

/**
 * Answers a press on a situation that another has closed meanwhile (or opened again): who and when, that it was not done, what to do, and the
 * presser's own words, 409. Who only asks for the page is led to the situation, which says so, too.
 */
export async function overtakenIn(
  c: Context<AppEnv>,
  situation_id: string,
  { act, typed = [], reopened, centre }: Told,
) {
  if (c.req.method !== 'POST') return c.redirect(`/situations/${situation_id}`, 303)
  const situation = await readSituation(c.var.tools.db, situation_id)
  const { closed_by_ja, closed_by_en, closed_at, closing_reason } = situation
  const happened: Happened | null = reopened
    ? { what: 'reopened', ...reopened }
    : closed_at
      ? {
          what: 'closed',
          who: { name_ja: closed_by_ja ?? '', name_en: closed_by_en ?? '' },
          at: closed_at,
          reason: closing_reason ?? '',
        }
      : (centre ?? null)
  // Opened again between the act and this look at it: its page says how it stands.
  if (!happened) return c.redirect(`/situations/${situation_id}`, 303)
  const may_reopen = happened.what === 'closed' && may(readerOf(c), 'situation.reopen')
  return page(c, <OvertakenPage {...{ situation, happened, act, typed, may_reopen }} />, 409)
}

type Props = { situation: SituationView; happened: Happened; act: OvertakenAct; typed: Typed; may_reopen: boolean }

function OvertakenPage({ situation, happened, act, typed, may_reopen }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const { what, who, at, reason } = happened
  return (
    <Layout title={t.title[what]} mode={situation.mode} label={situation.label}>
      <h1>{t.title[what]}</h1>
      <p>
        <b>{named(language, { name_ja: situation.title_ja, name_en: situation.title_en })}</b>
      </p>
      <Banner kind="warning" title={t.undone(t.acts[act])}>
        <p>
          <Time at={at} with_date /> {t.did[what](named(language, who))}
        </p>
        {reason && (
          <>
            <p>{t.reason}</p>
            <LongText>{reason}</LongText>
          </>
        )}
        <p>{t.next[what]}</p>
      </Banner>
      <TypedWords typed={typed} />
      <Buttons>
        <ButtonLink href={`/situations/${situation.id}`} kind="solid-fill">
          {t.situation}
        </ButtonLink>
        {may_reopen && <ButtonLink href={`/situations/${situation.id}/reopening`}>{t.reopen}</ButtonLink>}
      </Buttons>
    </Layout>
  )
}
