export { officialNoticeRoutes } from './routes.tsx'
export { type Issued, issuedLines, issuedOf } from './words.ts'
