export { startDeliveryWorker } from './delivery-worker.ts'
export { latestRound, type RoundProgress } from './queries.ts'
export { roundRoutes } from './routes.tsx'
