export { makePack } from './make-pack.ts'
export { packRoutes } from './routes.tsx'
export { checkPack } from './sign-pack.ts'
