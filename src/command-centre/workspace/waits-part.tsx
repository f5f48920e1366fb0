import { Brackets } from '#ground/html/brackets.tsx'
import { inBoth } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { TaskList } from '#ground/html/task-list.tsx'
import { Age } from '#ground/html/time.tsx'
import { countOf, type Waiting, type WaitKind } from './what-waits.ts'

const texts = inBoth<{ title: string; count: (count: number) => string; kinds: Record<WaitKind, string> }>({
  ja: {
    title: '次にすること',
    count: (count) => `${count}件`,
    kinds: {
      review: '名称と公表内容を見直す',
      release: '承認待ちの通知を確かめる',
      proposal: '提案を判断する',
      reopening: '事案の再開に同意するか決める',
      activation: 'BCPの発動・解除の入力を確認する',
      activation_own: '自機関の会議体の発動・解除の入力を確認する',
      deciding_body: 'BCPの決定主体の変更に同意するか決める',
      activation_public: '公表中のBCPの発動状況を改める',
      conflict: '食い違う回答を判断する',
      reply: '読み取れない返信を確かめる',
      call: '未回答の機関に電話する',
      late: '回答期限を過ぎた機関を確かめる',
      publication: '公表を更新する（予定を過ぎたか、対策本部の状況が変わりました）',
      expired: '報告の更新が遅れている機関を確かめる',
      returned: '差し戻された通知を直す',
      entry: '事務局の役割の付与に同意するか決める',
      member_view: '会員に見える範囲の変更を実施するか決める',
      recovery: '認証の復旧を承認するか決める',
    },
  },
  en: {
    title: 'Next to do',
    count: (count) => String(count),
    kinds: {
      review: 'Review name and public text',
      release: 'Check a notice that waits for release',
      proposal: 'Decide on a proposal',
      reopening: 'Agree to opening a situation again, or not',
      activation: 'Confirm an activation or lifting that was entered',
      activation_own: 'Confirm what was entered for your institution’s body',
      deciding_body: 'Agree to a change of who decides on a BCP, or not',
      activation_public: 'Renew what is published about a BCP',
      conflict: 'Decide between answers that differ',
      reply: 'Look at replies that need a person',
      call: 'Call institutions that have not answered',
      late: 'Look at institutions past the time to answer',
      publication: 'Update a publication: it is overdue, or the command centre has changed',
      expired: 'Look at institutions whose update is overdue',
      returned: 'Mend a notice that was sent back',
      entry: 'Agree to a role of the desk, or not',
      member_view: 'Put a change of what members see in force, or not',
      recovery: 'Approve a recovery, or not',
    },
  },
})

/** What waits for the reader, in the one order that it is to be done in. */
export function WaitsPart({ waiting }: { waiting: readonly Waiting[] }) {
  const t = useTexts(texts)
  const { language } = useReading()
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="next">
      <h2 id="next">
        {t.title}
        <Brackets>{countOf(waiting)}</Brackets>
      </h2>
      <TaskList
        tasks={waiting.map(({ kind, mode, href, count, since, ...about }) => ({
          text: markedTitle(language, mode, t.kinds[kind]),
          href,
          hint: (
            <>
              {language === 'en' ? about.title_en : about.title_ja} <Age at={since} />
            </>
          ),
          look: mode === 'actual' ? 'not_reported' : 'waiting',
          state: t.count(count),
        }))}
      />
    </section>
  )
}
