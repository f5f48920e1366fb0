export { putOnCallList } from './put-on-list.ts'
export { callPlaces } from './queries.ts'
export { callRoutes } from './routes.tsx'
export { outcomeWords } from './words.ts'
