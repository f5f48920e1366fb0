export { startMailIntake } from './intake-server.ts'
