import type { Context } from 'hono'
import type { Typed } from '#ground/html/refill.ts'
import { may } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import type { Action } from '#ground/trail/actions.ts'
import { lastActOn } from '#ground/trail/last-act.ts'
import { reachedBy, readNotice } from './queries.ts'
import { type Refusal, RefusedPage } from './refused-page.tsx'

/** What can have been done to a notice by the one who was faster. */
const acts: Action[] = [
  'notice.drafted',
  'notice.changed',
  'notice.submitted',
  'notice.returned',
  'notice.dropped',
  'notice.released',
  'notice.released-by-one',
]

/** Answers that nothing was done, as the notice stands now, whatever was read of it before: 409. */
export async function refuse(c: Context<AppEnv>, id: string, refusal: Refusal, typed: Typed = []) {
  const { db, whole } = c.var.tools
  const by = readerOf(c)
  const notice = await readNotice(db, by, id)
  // Of a draft that replaces another, the one that was faster; of a notice that was replaced, its replacement.
  const newest_id =
    notice.replaced_by_id ??
    (refusal === 'replaced' && notice.replaces_id
      ? ((
          await db.selectFrom('notice').where('id', '=', notice.replaces_id).select('replaced_by_id').executeTakeFirst()
        )?.replaced_by_id ?? null)
      : null)
  const over = notice.state === 'released' || notice.state === 'dropped' ? notice.state : null
  return page(
    c,
    <RefusedPage
      notice={notice}
      because={over && refusal !== 'replaced' ? over : refusal}
      last={await lastActOn(whole, `/notices/${id}`, acts)}
      sent_to={notice.state === 'released' ? (await reachedBy(db, id)).length : 0}
      newest_id={newest_id}
      may_edit={may(by, 'notice.draft')}
      typed={typed}
    />,
    409,
  )
}
