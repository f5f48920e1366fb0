import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { type Task, TaskList } from '#ground/html/task-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { centreOf, type SituationView } from '#status/situations/index.ts'
import { useProgress } from './progress.tsx'
import type { GatheringAudience, Progress } from './queries.ts'
import { situationTexts } from './situation-texts.ts'

/** What the secretariat does in a situation, each with how far it is. */
export function SituationWork({
  situation,
  round,
  progress,
  published_at,
  audience,
  may_publish,
}: {
  situation: SituationView
  /** The newest. */
  round: { id: string } | null
  progress: Progress
  published_at: Date | null
  audience: GatheringAudience | null
  may_publish: boolean
}) {
  const t = useTexts(situationTexts)
  const path = `/situations/${situation.id}`
  const said = useProgress(progress)
  const centre = centreOf(situation)
  const is_gathering = centre === 'none'
  const tasks: Task[] = [
    {
      text: round ? t.ask_again : askWords(t, audience),
      href: `${path}/ask`,
      hint: round && <a href={`/rounds/${round.id}`}>{t.round}</a>,
      look: said?.look ?? 'waiting',
      state: said?.words ?? '',
    },
    {
      text: t.board,
      href: `${path}/board`,
      hint: situation.returned_at ? (
        <>
          {t.last_returned} <Time at={situation.returned_at} />
        </>
      ) : is_gathering ? (
        t.return_audience_hint
      ) : (
        t.return_hint
      ),
      look: situation.returned_at ? 'sent' : 'waiting',
      state: situation.returned_at ? t.returned : t.not_returned,
    },
  ]
  // Publication is no part of a gathering unless somebody chooses it expressly.
  if (may_publish && (!is_gathering || published_at))
    tasks.push({
      text: published_at ? t.publish_again : t.publish,
      href: `${path}/publication`,
      hint: published_at && (
        <>
          {t.last_published} <Time at={published_at} />
        </>
      ),
      look: published_at ? 'sent' : 'waiting',
      state: published_at ? t.published : t.not_published,
    })
  return (
    <section aria-labelledby="work">
      <h2 id="work">{{ none: t.gather_tasks, set_up: t.tasks, dissolved: t.follow_tasks }[centre]}</h2>
      <TaskList tasks={tasks} />
      {!situation.returned_at && (
        <Buttons>
          <ButtonLink href={`${path}/return`} size="md">
            {t.return_act}
          </ButtonLink>
        </Buttons>
      )}
      {may_publish && is_gathering && !published_at && (
        <p>
          <a href={`${path}/publication`}>{t.publish_gathering}</a>
        </p>
      )}
    </section>
  )
}

/** Whom the first request goes to: everyone, or those whom a gathering is for. */
export const askWords = (t: (typeof situationTexts)['ja'], audience: GatheringAudience | null) =>
  audience ? t.ask_audience(audience.institutions) : t.ask
