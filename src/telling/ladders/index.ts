export { lockLadders } from './lock-ladders.ts'
export { ladderRoutes } from './routes.tsx'
export { stepSaid } from './words.ts'
