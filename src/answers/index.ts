export { answersOf, saidWords } from './said-words.ts'
export { type Answerer, answerByReport, type Given, takeAnswer } from './take-answer.ts'
