export { deviceWords } from './device-words.ts'
export { sessionRoutes } from './session-routes.tsx'
