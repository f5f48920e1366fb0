export { answersSaid } from './queries.ts'
export { type Answerer, answerByReport, type Given, takeAnswer } from './take-answer.ts'
export { onBehalf, recordActs, saidWords, viaWords } from './words.ts'
