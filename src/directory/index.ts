export { hoursAt, reachableNow } from './reachable.ts'
export { directoryRoutes } from './routes.tsx'
