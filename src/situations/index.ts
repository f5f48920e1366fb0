export { openSituations } from './queries.ts'
