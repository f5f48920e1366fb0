export { partnersOf, waitingExchanges } from './queries.ts'
export { exchangeRoutes } from './routes.tsx'
export { exchangeTexts } from './words.ts'
