export { ssoRoutes } from './routes.tsx'
export { isSamlAnswer, ssoWayRoutes } from './way-routes.tsx'
