export { type Answerer, answerByReport, type Given, takeAnswer } from './take-answer.ts'
