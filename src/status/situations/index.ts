export { CentreSaid } from './centre-said.tsx'
export { type Change, changesOf, type ProposalIn, proposalsIn, toReview } from './changes.ts'
export { ChangeLine, ChangesBand } from './changes-band.tsx'
export {
  type Centre,
  type CentreAct,
  centreActs,
  centreOf,
  dissolveWithClosing,
  restoreCentre,
  wasDissolvedByClosing,
} from './command-centre-acts.ts'
export { type OvertakenAct, overtakenIn } from './overtaken.tsx'
export {
  activeCriteria,
  openSituations,
  readSituation,
  type SituationView,
  selectOpen,
  wasAsked,
} from './queries.ts'
export { situationRoutes } from './routes.tsx'
export { hazards, situationWords, stageOf } from './words.ts'
