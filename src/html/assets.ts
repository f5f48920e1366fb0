import { readFileSync } from 'node:fs'

let names: Record<string, string> | undefined

/** The address of a built style sheet or script, such as `app.css`; it changes with the content, so browsers may keep it for ever. */
export function asset(name: string): string {
  names ??= JSON.parse(readFileSync(new URL('../../assets/assets.json', import.meta.url), 'utf8')) as Record<
    string,
    string
  >
  const file = names[name]
  if (!file) throw new Error(`${name} is not among the built assets`)
  return `/assets/${file}`
}
