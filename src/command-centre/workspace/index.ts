export { institutionPageRoutes } from './institution-routes.tsx'
export { type Waiting, whatWaits } from './resume-sending.ts'
export { commandCentreRoutes } from './routes.tsx'
export { whatWaitsIn } from './what-waits-in.ts'
