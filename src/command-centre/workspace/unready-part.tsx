import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { TaskList } from '#ground/html/task-list.tsx'
import type { Unready } from './unready.ts'

type Words = Record<Unready, { what: string; next: string }>
const texts = inBoth<{ title: string; open: string; words: Words }>({
  ja: {
    title: '運用を始める前に整えること',
    open: '未了',
    words: {
      secretary: {
        what: '事務局員がひとりだけです',
        next: 'ふたり目を招待してください。ひとりでは認証の復旧もできません。',
      },
      approver: {
        what: '承認者（事務局責任者）がいません',
        next: '招待してください。実災害の通知は、ふたり目が承認するまで配信されません。',
      },
      break_glass: {
        what: '非常用コードが封緘されていません',
        next: '承認者（事務局責任者）が作り、封をして保管します。',
      },
      top_page: {
        what: 'トップページに、運営者と問い合わせ先がまだありません',
        next: '入力してください。関係機関などへのリンクも載せられます。',
      },
      mail: { what: 'メールをまだ一度も送っていません', next: '連絡先の疎通テストで、届くことを確かめてください。' },
      replies: {
        what: 'メールへの返信と、届かなかった知らせを受け取れません',
        next: '必要なら、サーバーの担当者に受け取れるようにしてもらってください。それまでは、リンクと電話で回答を受けます。',
      },
      sms: { what: 'SMSを送れません', next: '必要なら、サーバーの担当者に送れるようにしてもらってください。' },
    },
  },
  en: {
    title: 'Before you rely on it',
    open: 'To do',
    words: {
      secretary: {
        what: 'There is only one person of the secretariat',
        next: 'Invite a second. Alone, nobody can recover a sign-in.',
      },
      approver: {
        what: 'There is no approver',
        next: 'Invite one. Real notices go out only when a second person releases them.',
      },
      break_glass: {
        what: 'No break-glass codes are sealed',
        next: 'An approver makes them, seals them and keeps them.',
      },
      top_page: {
        what: 'The top page does not say who runs it and where to ask',
        next: 'Enter both. Links to the bodies and others may stand there, too.',
      },
      mail: { what: 'No mail has ever been sent', next: 'See with a silent test of addresses that mails arrive.' },
      replies: {
        what: 'Replies to mails, and word of mails that came back, are not received',
        next: 'If you need them, ask those who run the server. Until then answers come by link and by phone.',
      },
      sms: { what: 'SMS cannot be sent', next: 'If you need them, ask those who run the server.' },
    },
  },
})

const pages: Partial<Record<Unready, string>> = {
  secretary: '/invitations',
  approver: '/invitations',
  break_glass: '/break-glass',
  top_page: '/top-page',
  mail: '/contacts/tests',
}

/** What a new installation still lacks, for those of the desk who can act on it; nothing when all is there. */
export function UnreadyPart({ unready }: { unready: readonly Unready[] }) {
  const t = useTexts(texts)
  if (unready.length === 0) return null
  return (
    <section aria-labelledby="unready">
      <h2 id="unready">{t.title}</h2>
      <TaskList
        tasks={unready.map((kind) => ({
          text: t.words[kind].what,
          hint: t.words[kind].next,
          href: pages[kind],
          look: 'waiting',
          state: t.open,
        }))}
      />
    </section>
  )
}
