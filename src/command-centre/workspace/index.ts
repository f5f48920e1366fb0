export { commandCentreRoutes } from './routes.tsx'
