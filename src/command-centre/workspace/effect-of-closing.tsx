import { Banner } from '#ground/html/banner.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { statusWords } from '#ground/market/words.ts'
import type { ClosingEffect } from './closing-effect.ts'

export const closingTexts = inBoth({
  ja: {
    effect: '終結すると、次のことが同時に起きます',
    unanswered: (count: number) => `未回答の${count}機関への照会と連絡が終わり、回答のリンクは使えなくなります。`,
    all_answered: '照会に未回答の機関はありません。',
    notices: (notices: number, messages: number) =>
      `回答を待っている通知${notices}件が終わり、送信待ちのメールなど${messages}通は送られません。`,
    unreleased: (count: number) => `作成中・承認待ちの通知${count}件は、配信できなくなります。`,
    troubled: (names: string) => `いまも止まっている・支障のある・代替運用中の関係機関：${names}`,
    unknown: (count: number) => `状況が分からない（未報告・期限切れの）関係機関：${count}機関`,
    not_asked: (count: number) => `報告を依頼していない（照会なしの）関係機関：${count}機関`,
    disappears: '報告の受付は終わり、すべての画面から緊急の表示が消えます。',
    disappears_gathering: '報告の受付は終わり、照会した機関の画面から情報収集の表示が消えます。',
    centre: {
      none: '対策本部は設置していません。終結するのは情報収集です。',
      set_up: '対策本部も同時に廃止します。対策本部だけを先に廃止し、事案の確認を続けることもできます。',
      dissolved: '対策本部はすでに廃止されています。',
    },
    once: '誤って終結したときは、30日以内なら、2人で再開できます。終わった照会とリンクは戻りません。',
    act: { actual: '事案を終結する', exercise: '訓練を終結する', test: '試験を終結する' },
  },
  en: {
    effect: 'Closing does all of this at once',
    unanswered: (count: number) =>
      `Asking and chasing ${count} institutions that have not answered ends; their links work no more.`,
    all_answered: 'No institution that was asked still has to answer.',
    notices: (notices: number, messages: number) =>
      `${notices} notices that wait for answers end, and ${messages} messages that are queued are not sent.`,
    unreleased: (count: number) => `${count} notices that are drafted or put forward can no longer be released.`,
    troubled: (names: string) =>
      `Infrastructure institutions that still stand still, or partly, or run on the alternative: ${names}`,
    unknown: (count: number) => `Infrastructure institutions of which nobody knows (silent or expired): ${count}`,
    not_asked: (count: number) => `Infrastructure institutions that were not asked to report: ${count}`,
    disappears: 'No more reports are taken, and the emergency line disappears from every page.',
    disappears_gathering: 'No more reports are taken, and the line disappears from the pages of those who were asked.',
    centre: {
      none: 'No command centre is set up. What is closed is a gathering of information.',
      set_up:
        'The command centre is dissolved with it. It can also be dissolved alone, while the situation is still followed.',
      dissolved: 'The command centre was dissolved before.',
    },
    once: 'If it was a mistake, two of the desk can open it again within 30 days. Askings and links do not come back.',
    act: { actual: 'Close the situation', exercise: 'Close the exercise', test: 'Close the test' },
  },
})

/** What a closing ends, in numbers, and what still stands still. */
export function EffectOfClosing({ effect }: { effect: ClosingEffect }) {
  const t = useTexts(closingTexts)
  const { conditions } = useTexts(statusWords)
  const { language } = useReading()
  const [and, of] = language === 'ja' ? ['、', '：'] : [', ', ': ']
  const { unanswered, waiting_notices, waiting_messages, unreleased, troubled, unknown, not_asked } = effect
  const lines = [
    ...(troubled.length > 0
      ? [t.troubled(troubled.map((each) => `${named(language, each)}${of}${conditions[each.state]}`).join(and))]
      : []),
    ...(unknown > 0 ? [t.unknown(unknown)] : []),
    ...(not_asked > 0 ? [t.not_asked(not_asked)] : []),
    unanswered > 0 ? t.unanswered(unanswered) : t.all_answered,
    ...(waiting_notices > 0 || waiting_messages > 0 ? [t.notices(waiting_notices, waiting_messages)] : []),
    ...(unreleased > 0 ? [t.unreleased(unreleased)] : []),
    effect.centre === 'none' ? t.disappears_gathering : t.disappears,
    t.centre[effect.centre],
  ]
  return (
    <Banner kind={troubled.length > 0 ? 'error' : 'warning'} title={t.effect}>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{t.once}</p>
    </Banner>
  )
}
