import { readFileSync } from 'node:fs'
import { root } from '#ground/config/root.ts'

let names: Record<string, string> | undefined

/** The address of a built style sheet, script or picture, such as `app.css`; it changes with the content, so browsers may keep it for ever. */
export function asset(name: string): string {
  names ??= JSON.parse(readFileSync(new URL('dist/assets/assets.json', root), 'utf8')) as Record<string, string>
  const file = names[name]
  if (!file) throw new Error(`${name} is not among the built assets`)
  return `/assets/${file}`
}
