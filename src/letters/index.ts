export { type NewLetter, queueLetter } from './queue-letter.ts'
export { type Letter, type LetterOutcomes, sendLetters } from './send-letters.ts'
