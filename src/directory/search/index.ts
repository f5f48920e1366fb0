export { wordsOf } from './query.ts'
export { directoryRoutes } from './routes.tsx'
