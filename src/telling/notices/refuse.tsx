import type { Context } from 'hono'
import { may } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import type { NoticeView } from './queries.ts'
import { type Refusal, RefusedPage } from './refused-page.tsx'

/** Answers that nothing was done, as the notice stands now: 409. */
export async function refuse(c: Context<AppEnv>, notice: NoticeView, because: Refusal) {
  // Of a draft that replaces another, the one that was faster; of a notice that was replaced, its replacement.
  const newest_id =
    notice.replaced_by_id ??
    (because === 'replaced' && notice.replaces_id
      ? ((
          await c.var.tools.db
            .selectFrom('notice')
            .where('id', '=', notice.replaces_id)
            .select('replaced_by_id')
            .executeTakeFirst()
        )?.replaced_by_id ?? null)
      : null)
  return page(
    c,
    <RefusedPage notice={notice} because={because} newest_id={newest_id} may_edit={may(readerOf(c), 'notice.draft')} />,
    409,
  )
}
