export { WaitingNotices } from './inbox-page.tsx'
export { type Received, waitingFor } from './queries.ts'
export { inboxRoutes } from './routes.tsx'
