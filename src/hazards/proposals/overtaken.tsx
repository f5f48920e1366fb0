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
import { labelOf } from '#ground/rights/labels.ts'
import { type AppEnv, page } from '#ground/tools/tools.ts'
import { type ProposalView, readProposal } from './queries.ts'

const texts = inBoth({
  ja: {
    title: {
      opened: '対策本部は、すでに設置されています',
      gathering: 'この提案には、すでに状況の照会（情報収集）が始まっています',
      set_aside: 'この提案は、すでに見送られています',
      joined: 'この提案は、すでに対応中の事案に加えられています',
    },
    did: {
      opened: (who: string) => `${who}さんが設置しました。`,
      gathering: (who: string) => `${who}さんが状況の照会を始めました。この判断では、対策本部は設置されていません。`,
      set_aside: (who: string) => `${who}さんが見送りました。対策本部は設置されていません。`,
      joined: (who: string) => `${who}さんが対応中の事案に加えました。`,
    },
    reason: '理由',
    undone: {
      open: 'あなたの「対策本部を設置する」は行われていません。',
      gather: 'あなたの「状況の照会を始める」は行われていません。',
      set_aside: 'あなたの「この提案を見送る」は行われていません。',
      join: 'あなたの「この事案に加える」は行われていません。',
    },
    next: {
      opened: '設置された事案のページで、続きを行ってください。',
      gathering: '始まっている事案のページで、続きを行ってください。対策本部が必要なら、そこで設置できます。',
      joined: '加えられた事案のページで、続きを行ってください。',
      set_aside: '設置が必要なら、提案によらずに設置できます。',
    },
    situation: 'この提案の事案を見る',
    proposal: '提案を見る',
    open: '提案によらずに設置する',
  },
  en: {
    title: {
      opened: 'The command centre has been set up already',
      gathering: 'Information is being gathered for this proposal already',
      set_aside: 'This proposal has been set aside already',
      joined: 'This proposal has been joined to an open situation already',
    },
    did: {
      opened: (who: string) => `${who} set it up.`,
      gathering: (who: string) => `${who} started to ask. No command centre was set up by that.`,
      set_aside: (who: string) => `${who} set it aside. No command centre has been set up.`,
      joined: (who: string) => `${who} joined it to an open situation.`,
    },
    reason: 'Reason',
    undone: {
      open: 'Your “Set up the command centre” was not done.',
      gather: 'Your “Gather information” was not done.',
      set_aside: 'Your “Set this proposal aside” was not done.',
      join: 'Your “Join it to this situation” was not done.',
    },
    next: {
      opened: 'Go on in the situation that was opened.',
      gathering: 'Go on in the situation that was opened. If a command centre is needed, it can be set up there.',
      joined: 'Go on in the situation that it was joined to.',
      set_aside: 'If a command centre is needed, it can be set up without a proposal.',
    },
    situation: 'See the situation that was opened',
    proposal: 'See the proposal',
    open: 'Set it up without a proposal',
  },
})

type Act = 'open' | 'gather' | 'set_aside' | 'join'

/** Tells the second of two people what the first decided, when and why, and gives back what they had typed: 409. */
export async function overtaken(c: Context<AppEnv>, proposal_id: string, act: Act, typed: Typed) {
  const proposal = await readProposal(c.var.tools.db, proposal_id)
  return page(c, <OvertakenPage proposal={proposal} act={act} typed={typed} />, 409)
}

function OvertakenPage({ proposal, act, typed }: { proposal: ProposalView; act: Act; typed: Typed }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const decision = proposal.decision ?? 'set_aside'
  const who = named(language, { name_ja: proposal.decided_by_ja ?? '', name_en: proposal.decided_by_en })
  return (
    <Layout title={t.title[decision]} mode={proposal.mode} label={labelOf.proposal}>
      <h1>{t.title[decision]}</h1>
      <Banner kind="warning" title={t.undone[act]}>
        <p>
          {proposal.decided_at && <Time at={proposal.decided_at} with_date />} {t.did[decision](who)}
        </p>
        {proposal.reason && (
          <>
            <p>{t.reason}</p>
            <LongText>{proposal.reason}</LongText>
          </>
        )}
        <p>{t.next[decision]}</p>
      </Banner>
      <TypedWords typed={typed} />
      <Buttons>
        {proposal.situation_id && (
          <ButtonLink href={`/situations/${proposal.situation_id}`} kind="solid-fill">
            {t.situation}
          </ButtonLink>
        )}
        <ButtonLink href={`/proposals/${proposal.id}`} kind={proposal.situation_id ? 'outline' : 'solid-fill'}>
          {t.proposal}
        </ButtonLink>
        {decision === 'set_aside' && <ButtonLink href="/command-centre/new">{t.open}</ButtonLink>}
      </Buttons>
    </Layout>
  )
}
