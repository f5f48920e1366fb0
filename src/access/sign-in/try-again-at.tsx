import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'

const texts = inBoth({
  ja: {
    wait: (seconds: number) => (seconds <= 90 ? `あと約${seconds}秒で` : `あと約${Math.ceil(seconds / 60)}分で`),
    again: 'もう一度お試しいただけます：',
    urgent: '急ぐ場合は、電話で事務局に連絡してください。',
  },
  en: {
    wait: (seconds: number) =>
      seconds <= 90 ? `In about ${seconds} seconds` : `In about ${Math.ceil(seconds / 60)} minutes`,
    again: ' you can try again: ',
    urgent: 'If it is urgent, telephone the secretariat.',
  },
})

/** When something that was refused for too many tries may be tried again. */
export function TryAgainAt({ until }: { until: Date }) {
  const t = useTexts(texts)
  const { now } = useReading()
  const seconds = Math.max(2, Math.ceil((until.getTime() - now.getTime()) / 1000))
  return (
    <>
      <p>
        {t.wait(seconds)}
        {t.again}
        <Time at={until} with_seconds />
      </p>
      <p>{t.urgent}</p>
    </>
  )
}
