import { sql } from 'kysely'

/** Whether a notice can still be released, as `releaseNotice` has it: not in a situation that has closed, unless it puts right what was said there. */
export const is_releasable = sql<boolean>`(notice.replaces_id is not null and notice.answer_wanted <> 'report'
  or not exists (select from situation where situation.id = notice.situation_id and situation.closed_at is not null))`
