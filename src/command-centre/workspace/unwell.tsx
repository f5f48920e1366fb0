import { Banner } from '#ground/html/banner.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'

const texts = inBoth({
  ja: {
    title: 'システムの一部が働いていません',
    next: '報告や通知が保存・送信できないおそれがあります。サーバーの担当者に次の内容を伝え、急ぐときは電話してください：',
  },
  en: {
    title: 'A part of the system does not work',
    next: 'Reports may not be kept, or notices not go out. Tell those who run the servers, and call if it is urgent: ',
  },
})

/** What the program itself finds that it cannot do, in the words that its probe says. */
export function Unwell({ problems }: { problems: readonly string[] }) {
  const t = useTexts(texts)
  if (problems.length === 0) return null
  return (
    <Banner kind="warning" title={t.title}>
      <p>
        {t.next}
        {problems.join(', ')}
      </p>
    </Banner>
  )
}
