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
export {
  isAllNormal,
  isBare,
  isLeast,
  isOnAlternative,
  isRemarked,
  isUnseen,
  isWithoutDetails,
  judgeWord,
  type ShortWord,
  type Standing as StandingWord,
} from './judge-word.ts'
export { answersSaid } from './queries.ts'
export { answerByReport, takeAnswer } from './take-answer.ts'
export { take_back_minutes, takeBackAnswers } from './take-back-answer.ts'
export { onBehalf, recordActs, remarkedWords, reportWords, saidWords, viaWords } from './words.ts'
