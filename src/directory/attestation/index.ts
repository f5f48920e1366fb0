export { AttestationNotice } from './notice.tsx'
export { attestationNotice, type Notice } from './queries.ts'
export { careForAttestation } from './remind.ts'
export { attestationRoutes } from './routes.tsx'
