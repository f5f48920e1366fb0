export { queueLetter, queueLetters } from './queue-letter.ts'
export { hostOf, letterOfPath, returnPath } from './return-path.ts'
export { type LetterOutcomes, sendLetters } from './send-letters.ts'
