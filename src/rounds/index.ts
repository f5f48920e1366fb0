export { latestRound, type RoundProgress } from './queries.ts'
export { activeContacts, activeInstitutions } from './reach.ts'
export { roundRoutes } from './routes.tsx'
