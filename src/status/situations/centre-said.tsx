import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { centreOf } from './command-centre-acts.ts'

const texts = inBoth({
  ja: { none: '設置していません', set_up: '設置中', dissolved: '廃止' },
  en: { none: 'None is set up', set_up: 'Set up', dissolved: 'Dissolved' },
})

/** Whether there is a command centre in a situation now: a gathering has none. */
export function CentreSaid({
  situation,
}: {
  situation: { centre_set_up_at: Date | null; centre_dissolved_at: Date | null }
}) {
  const t = useTexts(texts)
  return (
    <>
      {t[centreOf(situation)]}
      {situation.centre_dissolved_at && (
        <>
          {' '}
          <Time at={situation.centre_dissolved_at} />
        </>
      )}
    </>
  )
}
