export { fileIntakeRoutes } from './routes.tsx'
export { takeInFiles } from './take-in.ts'
