export { changeNotice, draftNotice, type NoticeDraft } from './draft-notice.ts'
export { type NotReleased, type Release, releaseNotice } from './release-notice.ts'
export { readToRender, sendOut } from './send-out.ts'
export { submitNotice } from './submit-notice.ts'
