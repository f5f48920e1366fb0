export { accountRoutes } from './account-routes.tsx'
