export { BreakGlassBanner } from './banner.tsx'
export { recentUses, type Use } from './queries.ts'
export { breakGlassEntryRoutes, breakGlassRoutes } from './routes.tsx'
