import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { exchangeTexts } from './texts.ts'

/** Says how many proposals to exchange contacts wait for this reader's institution; nothing when none does. */
export function WaitingExchanges({ count }: { count: number }) {
  const t = useTexts(exchangeTexts)
  if (count === 0) return null
  return (
    <Banner kind="info" title={t.waiting(count)}>
      <ButtonLink href="/exchange" size="md">
        {t.answer}
      </ButtonLink>
    </Banner>
  )
}
