export { loadMarket } from './load-market.ts'
export { startDemoMail } from './mail-server.ts'
export { demoRoutes } from './routes.tsx'
export { welcome } from './welcome.ts'
