export { pushEndpointsOf } from './queries.ts'
export { pushRoutes } from './routes.tsx'
