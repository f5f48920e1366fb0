export { partnersOf, waitingExchanges } from './queries.ts'
export { exchangeRoutes } from './routes.tsx'
export { WaitingExchanges } from './waiting-exchanges.tsx'
