export { operatingRoutes } from './routes.tsx'
