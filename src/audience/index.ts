export { type Audience, type Body, bodies, nobody } from './audience.ts'
export { membersOf } from './members.ts'
