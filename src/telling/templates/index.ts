export { blanksOf, fillBlanks, type Said, said } from './blanks.ts'
export { currentTemplates, readTemplate } from './queries.ts'
export { templateRoutes } from './routes.tsx'
export {
  choice_length_max,
  choices_max,
  subject_length_max,
  type TemplateText,
  text_length_max,
} from './template-form.ts'
