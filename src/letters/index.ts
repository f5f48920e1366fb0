export { type NewLetter, queueLetter, queueLetters } from './queue-letter.ts'
export { letterOfPath, returnPath } from './return-path.ts'
export { type Letter, type LetterOutcomes, sendLetters } from './send-letters.ts'
