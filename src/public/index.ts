export { createPublicServer, type PublicServer } from './memory.ts'
export { capKindOf, nextSnapshot, type Publication, type ToPublish } from './next-snapshot.ts'
export { pathsOf } from './paths.ts'
export { emptySnapshot, type PublicSituation, Snapshot } from './snapshot.ts'
