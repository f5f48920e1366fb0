export { viewInForce } from './queries.ts'
export { memberViewRoutes } from './routes.tsx'
export { fieldsSeen, isByName, type Shown, viewWords, willSee } from './words.ts'
