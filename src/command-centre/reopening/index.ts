export { type ReopeningState, reopeningState } from './queries.ts'
export { ReopeningPart } from './reopening-part.tsx'
export { reopeningRoutes } from './routes.tsx'
