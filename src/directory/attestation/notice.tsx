import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { Time, UntilBeside } from '#ground/html/time.tsx'
import type { Notice } from './queries.ts'
import { attestationTexts } from './texts.ts'

/** On the home page: that the reader's institution is asked to confirm its entry, or how far the round is. */
export function AttestationNotice({ notice: { id, answer_by, counts } }: { notice: Notice }) {
  const t = useTexts(attestationTexts)
  return (
    <Banner kind={counts ? 'info' : 'warning'} title={counts ? t.home_progress : t.home_title}>
      <p>
        {counts ? t.answered(counts.answered, counts.asked) : t.home_text}
        <br />
        {t.answer_by}: <Time at={answer_by} with_date />
        <UntilBeside at={answer_by} />
      </p>
      <ButtonLink href={`/attestations/${id}${counts ? '' : '/answer'}`} size="md">
        {counts ? t.home_see : t.home_act}
      </ButtonLink>
    </Banner>
  )
}
