export { mastheadOf } from './queries.ts'
export { topPageRoutes } from './routes.tsx'
export { saveTopPage } from './save-top-page.ts'
