export { ladderRoutes } from './routes.tsx'
