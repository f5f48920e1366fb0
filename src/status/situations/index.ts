export { type Change, changesOf, type ProposalIn, proposalsIn, toReview } from './changes.ts'
export { ChangeLine, ChangesBand } from './changes-band.tsx'
export { type OvertakenAct, overtakenIn } from './overtaken.tsx'
export {
  activeCriteria,
  openSituations,
  readSituation,
  type SituationView,
  selectOpen,
} from './queries.ts'
export { situationRoutes } from './routes.tsx'
export { hazards, situationWords } from './words.ts'
