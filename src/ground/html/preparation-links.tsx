import { type Act, may } from '#ground/rights/may.ts'
import { inBoth } from './language.ts'
import { useReading, useTexts } from './render.tsx'

const texts = inBoth({
  ja: {
    title: '通知の準備',
    '/notice-templates': 'ひな形',
    '/ladders': '連絡の段階',
    '/audiences': '宛先グループ',
  },
  en: {
    title: 'Prepared for notices',
    '/notice-templates': 'Templates',
    '/ladders': 'Escalation ladders',
    '/audiences': 'Saved audiences',
  },
})

const pages = [
  { href: '/notice-templates', act: 'delivery.see' },
  { href: '/ladders', act: 'notice.see' },
  { href: '/audiences', act: 'audience.see' },
] as const satisfies { href: string; act: Act }[]

/** The way to what is prepared for notices in peace; empty for those who may see none of it. */
export function PreparationLinks() {
  const t = useTexts(texts)
  const { reader } = useReading()
  const seen = pages.filter(({ act }) => reader && may(reader, act))
  if (seen.length === 0) return null
  return (
    <nav aria-labelledby="preparation">
      <h2 id="preparation">{t.title}</h2>
      <ul>
        {seen.map(({ href }) => (
          <li key={href}>
            <a href={href}>{t[href]}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
