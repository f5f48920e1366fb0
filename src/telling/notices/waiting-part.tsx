import { noticeKindWords } from '#delivery/deliveries/index.ts'
import type { Mode, NoticeKind } from '#ground/db/tables.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { Card } from '#ground/html/frame.tsx'
import { inBoth } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type Task, TaskList } from '#ground/html/task-list.tsx'
import { Age } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { ListPart } from '#ground/lists/pagination.tsx'
import { NoticeTable } from './list-page.tsx'
import type { NoticesFound, NoticesWaiting } from './queries.ts'
import { noticeWords } from './words.ts'

const texts = inBoth({
  ja: {
    to_release: '承認待ちの通知',
    release: '内容を確かめて承認する',
    second: 'ほかの人の承認待ち',
    returned: '差し戻されました',
    notices: '通知',
    write: 'この事案の通知を作る',
    none: 'この事案の通知はまだありません。',
    all: 'この事案の通知をすべて見る',
  },
  en: {
    to_release: 'Notices that wait for release',
    release: 'Check it and release it',
    second: 'Waits for someone else',
    returned: 'Sent back to you',
    notices: 'Notices',
    write: 'Write a notice about this situation',
    none: 'There is no notice about this situation yet.',
    all: 'See all notices about this situation',
  },
})

/** On the home page of the desk: what waits for a second person, and what came back to its author. */
export function NoticesToRelease({ to_release, returned }: NoticesWaiting) {
  const t = useTexts(texts)
  const kinds = useTexts(noticeKindWords)
  const words = useTexts(noticeWords)
  const { language, reader } = useReading()
  if (to_release.length + returned.length === 0) return null
  const isMine = (notice: NoticesWaiting['to_release'][number]) =>
    notice.mode === 'actual' && (reader?.id === notice.drafted_by || reader?.id === notice.submitted_by)
  const hint = ({ kind, submitted_at }: NoticesWaiting['to_release'][number]) => (
    <>
      {kinds[kind]} {submitted_at && <Age at={submitted_at} />}
    </>
  )
  const title = (notice: { mode: Mode; kind: NoticeKind; subject_ja: string; subject_en: string }) => {
    const subject = language === 'en' ? notice.subject_en : notice.subject_ja
    return markedTitle(language, notice.mode, words.titled(notice.kind, subject))
  }
  const tasks: Task[] = [
    ...to_release.filter(isMine).map(
      (notice): Task => ({
        text: title(notice),
        href: `/notices/${notice.id}`,
        hint: hint(notice),
        look: 'waiting',
        state: t.second,
      }),
    ),
    ...returned.map(
      (notice): Task => ({
        text: title(notice),
        href: `/notices/${notice.id}`,
        hint: kinds[notice.kind],
        look: 'partial',
        state: t.returned,
      }),
    ),
  ]
  return (
    <section aria-labelledby="to-release">
      <h2 id="to-release">
        {t.to_release}
        <Brackets>{to_release.length}</Brackets>
      </h2>
      {to_release
        .filter((notice) => !isMine(notice))
        .map((notice) => (
          <Card key={notice.id} title={title(notice)} mode={notice.mode}>
            <p>{hint(notice)}</p>
            <ButtonLink href={`/notices/${notice.id}`} kind="solid-fill">
              {t.release}
              <span className="dads-visually-hidden">
                <Brackets>{title(notice)}</Brackets>
              </span>
            </ButtonLink>
          </Card>
        ))}
      {tasks.length > 0 && <TaskList tasks={tasks} />}
    </section>
  )
}

/** On the page of a situation: what was said in it, and what is being written. */
export function NoticesOfSituation({
  situation_id,
  notices,
  may_write,
}: {
  situation_id: string
  /** The first page of them. */
  notices: NoticesFound
  may_write: boolean
}) {
  const t = useTexts(texts)
  return (
    <section aria-labelledby="notices">
      <h2 id="notices">
        {t.notices}
        <ListPart found={notices} />
      </h2>
      <NoticeTable notices={notices.rows} empty={<p>{t.none}</p>} />
      {'has_more' in notices && notices.has_more && (
        <p>
          <a href={listAddress('/notices', { situation: situation_id })}>{t.all}</a>
        </p>
      )}
      {may_write && (
        <p>
          <ButtonLink href={`/notices/new?situation=${situation_id}`} size="md">
            {t.write}
          </ButtonLink>
        </p>
      )}
    </section>
  )
}
