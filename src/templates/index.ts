export { currentTemplates, readTemplate, type Template } from './queries.ts'
export { templateRoutes } from './routes.tsx'
export { answerWords, severityWords } from './words.ts'
