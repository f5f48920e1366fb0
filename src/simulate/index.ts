export { askForReports } from './ask.ts'
export { fieldsOf, Visitor } from './client.ts'
export { curve, percentile } from './figures.ts'
export { type Simulation, simulate } from './simulate.ts'
