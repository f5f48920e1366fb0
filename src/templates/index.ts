export { blanksOf, fillBlanks } from './blanks.ts'
export { currentTemplates, readTemplate, type Template } from './queries.ts'
export { templateRoutes } from './routes.tsx'
export type { TemplateText } from './template-form.ts'
