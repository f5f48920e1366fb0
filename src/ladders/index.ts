export { ladderRoutes } from './routes.tsx'
export { channelWords } from './words.ts'
