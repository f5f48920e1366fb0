export { type Act, may, must, NotAllowed, NotFound } from './may.ts'
export { type Person, type Role, roles } from './person.ts'
