import { existsSync, readFileSync } from 'node:fs'
import { root } from '#ground/config/root.ts'

/**
 * The plan of the house is the map in README.md, “Where things are”, which people read, too: from the ground up (there from
 * bottom to top) each wing imports only from those before it, and inside a wing each slice only from those before it (there
 * from left to right, two spaces apart). The ground and `app`, which puts the program together, are imported file by file,
 * every other slice by its index.
 */
const [, map = ''] =
  /## Where things are\n[\s\S]*?```\n([\s\S]*?)```/.exec(readFileSync(new URL('README.md', root), 'utf8')) ?? []

const lines = map
  .split(/^(?=\S)/m)
  .map((line) => /^(?:src\/([\w-]+)|(bin))\/\s+([\s\S]*)$/.exec(line))
  .filter((found) => found !== null)
  .map(([, wing, bin, said = '']) => [wing ?? bin ?? '', said] as const)
  .reverse()

/** The slices of each wing, in order. What is said beside their names is for people. */
export const plan: ReadonlyMap<string, readonly string[]> = new Map(
  lines.map(([wing, said]) => [
    wing,
    said
      .split(/\s{2,}|;\s/)
      .map((entry) => /^[a-z][a-z-]*(?=\s|$)/.exec(entry)?.[0] ?? '')
      .filter((name) => name !== '' && wing !== 'bin' && existsSync(new URL(`src/${wing}/${name}/`, root))),
  ]),
)
export const wings = [...plan.keys()]

/** The slices of a wing by their place below src, such as `status/board`; a wing without slices is one itself. */
export const slicesOf = (wing: string): string[] => {
  const slices = plan.get(wing) ?? []
  return slices.length > 0 ? slices.map((slice) => `${wing}/${slice}`) : [wing]
}

/** The wing that a file of the program stands in. */
export const wingOf = (file: string): string => file.split('/')[file.startsWith('src/') ? 1 : 0] ?? ''

/** The slice that a file stands in, such as `status/board`; a wing without slices is one itself. */
export function sliceOf(file: string): string {
  const [wing, slice] = [wingOf(file), file.split('/')[2]]
  return (plan.get(wing) ?? []).length > 0 ? `${wing}/${slice}` : wing
}
