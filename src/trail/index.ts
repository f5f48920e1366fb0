export { writeCheckpoint } from './checkpoints.ts'
export { type TrailLine, trailLines } from './queries.ts'
export { type Action, type Actor, record } from './record.ts'
export { type Verdict, verifyTrail } from './verify.ts'
