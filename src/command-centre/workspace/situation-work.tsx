import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { type Task, TaskList } from '#ground/html/task-list.tsx'
import { Time } from '#ground/html/time.tsx'
import type { SituationView } from '#status/situations/index.ts'
import { useProgress } from './progress.tsx'
import type { Progress } from './queries.ts'
import { situationTexts } from './situation-texts.ts'

/** What the secretariat does in a situation, each with how far it is. */
export function SituationWork({
  situation,
  round,
  progress,
  published_at,
  may_publish,
}: {
  situation: SituationView
  /** The newest. */
  round: { id: string } | null
  progress: Progress
  published_at: Date | null
  may_publish: boolean
}) {
  const t = useTexts(situationTexts)
  const path = `/situations/${situation.id}`
  const said = useProgress(progress)
  const tasks: Task[] = [
    {
      text: round ? t.ask_again : t.ask,
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
      ) : (
        t.return_hint
      ),
      look: situation.returned_at ? 'sent' : 'waiting',
      state: situation.returned_at ? t.returned : t.not_returned,
    },
  ]
  if (may_publish)
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
      <h2 id="work">{t.tasks}</h2>
      <TaskList tasks={tasks} />
      {!situation.returned_at && (
        <Buttons>
          <ButtonLink href={`${path}/return`} size="md">
            {t.return_act}
          </ButtonLink>
        </Buttons>
      )}
    </section>
  )
}
