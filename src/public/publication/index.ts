export { closePublicly } from './close-publicly.ts'
export { latestSnapshot } from './publish-snapshot.ts'
export { lastPublication } from './queries.ts'
export { publicationRoutes } from './routes.tsx'
