export type { Answerer, Given } from './answer.ts'
export { answersSaid } from './queries.ts'
export { answerByReport, takeAnswer } from './take-answer.ts'
export { onBehalf, recordActs, saidWords, viaWords } from './words.ts'
