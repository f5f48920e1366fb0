export { isActive } from './active.ts'
export { hasLeiForm, hasMicForm } from './codes.ts'
export { InstitutionPage } from './institution-page.tsx'
export { linkContacts } from './link-contacts.ts'
export {
  isUsuallyAsked,
  membershipProblem,
  memberships,
  membershipWords,
  usualMembership,
} from './membership.ts'
export { readInstitution } from './queries.ts'
export { type District, listDistricts, listSupervisors } from './registry-queries.ts'
export { institutionRoutes } from './routes.tsx'
export { kinds, kindWords, siteWords } from './words.ts'
