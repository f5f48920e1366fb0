export { PhoneLink, PlaceNow, placeText, type Said, sectionOf, usePointItems } from './parts.tsx'
export { allPoints, type KeptPoint, type PointView, readPoint } from './queries.ts'
export { contactPointRoutes } from './routes.tsx'
export { pointWords } from './words.ts'
