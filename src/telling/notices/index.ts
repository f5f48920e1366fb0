export { AttachmentList } from './attachment-list.tsx'
export { draftNotice, type NoticeDraft } from './draft-notice.ts'
export { is_releasable } from './is-releasable.ts'
export { secondOfNotice } from './is-second.ts'
export { files_max } from './keep-uploads.ts'
export {
  attachmentsOf,
  type NoticesFound,
  type NoticesWaiting,
  noticesLike,
  noticesWaiting,
} from './queries.ts'
export { releaseNotice } from './release-notice.ts'
export { noticeRoutes } from './routes.tsx'
export { readToRender, sendOut } from './send-out.ts'
export { submitNotice } from './submit-notice.ts'
export { NoticesOfSituation, NoticesToRelease } from './waiting-part.tsx'
