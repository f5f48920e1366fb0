export { activeCriteria, listSituations, openSituations, readSituation, type SituationView } from './queries.ts'
export { situationRoutes } from './routes.tsx'
export { hazards, situationWords } from './words.ts'
