export { officialNoticeRoutes } from './routes.tsx'
