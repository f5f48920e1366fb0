export {
  activeCriteria,
  openSituations,
  readSituation,
  type SituationView,
  selectOpen,
} from './queries.ts'
export { situationRoutes } from './routes.tsx'
export { hazards, situationWords } from './words.ts'
