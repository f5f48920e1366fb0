export type { Answerer, Given } from './answer.ts'
export {
  isCounted,
  partsIn,
  type RoundTally,
  readRoundTally,
  readStanding,
  readTally,
  type Standing,
  standings,
  type Tally,
  tallyOf,
} from './counts.ts'
export { answersSaid } from './queries.ts'
export { answerByReport, takeAnswer } from './take-answer.ts'
export { onBehalf, recordActs, saidWords, viaWords } from './words.ts'
