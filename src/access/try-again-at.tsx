import { inBoth } from '#html/language.ts'
import { useReading, useTexts } from '#html/render.tsx'
import { Time } from '#html/time.tsx'

const texts = inBoth({
  ja: {
    wait: (minutes: number) => (minutes > 0 ? `あと約${minutes}分で` : 'まもなく'),
    again: 'もう一度お試しいただけます：',
    urgent: '急ぐ場合は、電話で事務局に連絡してください。',
  },
  en: {
    wait: (minutes: number) =>
      minutes > 1 ? `In about ${minutes} minutes` : minutes === 1 ? 'In about a minute' : 'In a moment',
    again: ' you can try again: ',
    urgent: 'If it is urgent, telephone the secretariat.',
  },
})

/** When something that was refused for too many tries may be tried again. */
export function TryAgainAt({ until }: { until: Date }) {
  const t = useTexts(texts)
  const { now } = useReading()
  const seconds = (until.getTime() - now.getTime()) / 1000
  return (
    <>
      <p>
        {t.wait(seconds < 45 ? 0 : Math.ceil(seconds / 60))}
        {t.again}
        <Time at={until} with_seconds />
      </p>
      <p>{t.urgent}</p>
    </>
  )
}
