import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'

const folder = fileURLToPath(root)

/** Every file of ours in TypeScript, with its text; its name counts from the root of the project. */
export const files: ReadonlyMap<string, string> = new Map(
  globSync('{bin,src,tests,bench}/**/*.{ts,tsx}', { cwd: folder })
    .sort()
    .map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
)

export const isTest = (file: string) => /\.test\.tsx?$|^tests\/|^bench\//.test(file)
export const program = [...files].filter(([file]) => !isTest(file))

export type Import = { from: string; to: string }

/** Every import of one file of ours by another, those of types alone and those of a later moment, too. */
export const imports: readonly Import[] = [...files].flatMap(([from, text]) =>
  [
    ...text.matchAll(
      /^(?:import|export)\s[^'"]*?from\s+'([#.][^']+)'|^import\s+'([#.][^']+)'|\bimport\(\s*'([#.][^']+)'/gm,
    ),
  ].map((found) => ({ from, to: fileOf(from, found[1] ?? found[2] ?? found[3] ?? '') })),
)

function fileOf(from: string, name: string): string {
  if (name.startsWith('#tests/')) return name.slice(1)
  return name.startsWith('#') ? `src/${name.slice(1)}` : path.join(path.dirname(from), name)
}

/** The files of the program that hold this, tests and benches left out unless they are asked for. */
export const holding = (pattern: RegExp, among: Iterable<readonly [string, string]> = program) =>
  [...among].filter(([, text]) => pattern.test(text)).map(([file]) => file)
