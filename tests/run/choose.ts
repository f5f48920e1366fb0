import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'
import { graphOf } from '#tests/house/graph.ts'
import { files, imports } from '#tests/house/imports.ts'

const project = fileURLToPath(root)
const isTestFile = (file: string) => /\.test\.tsx?$/.test(file)
export const allTests: readonly string[] = [...files.keys()].filter(isTestFile)

/** The test files that a word means: those of a folder, those beside a source, a pattern's, or all that have it in their path. */
export function testsFor(word: string, tests: readonly string[] = allTests): string[] {
  const name = path.relative(project, path.resolve(project, word)).replace(/^dist\/(.*)\.js$/, '$1.ts')
  if (tests.includes(name)) return [name]
  if (files.has(name)) return testsBeside(name, tests)
  const below = tests.filter((test) => test.startsWith(`${name}/`) || path.matchesGlob(test, name))
  return below.length > 0 ? below : tests.filter((test) => test.toLowerCase().includes(name.toLowerCase()))
}

/** A test itself; of a source the test of the same name, else all tests of its folder. */
export function testsBeside(file: string, tests: readonly string[] = allTests): string[] {
  if (isTestFile(file)) return tests.filter((test) => test === file)
  const own = tests.filter((test) => test.replace(/\.test\.tsx?$/, '') === file.replace(/\.\w+$/, ''))
  return own.length > 0 ? own : tests.filter((test) => path.dirname(test) === path.dirname(file))
}

/** The tests that hold the shape of the house and ask for places that are easily forgotten: all of them within a second or two. */
export const shape_tests = ['documents', 'routes', 'shape', 'slices'].map((name) => `tests/house/${name}.test.ts`)
/** The lists that every new page, form and table must stand in. */
export const list_tests = {
  files: ['homes', 'named', 'rights', 'rights-own', 'row-level-security'].map((name) => `tests/house/${name}.test.ts`),
  name: /has its line|stands (here|in the (list|file))|sees nothing, in any table/,
}

/** The files that are not as in the last commit; when all are, those that the last commit changed. */
export function changedFiles(folder = project): string[] {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: folder, encoding: 'utf8' }).split('\0').filter(Boolean)
  const now = [
    ...git('diff', '--name-only', '--relative', '-z', 'HEAD'),
    ...git('ls-files', '--others', '--exclude-standard', '-z'),
  ]
  return now.length > 0 ? now : git('diff', '--name-only', '--relative', '-z', 'HEAD~1')
}

/** Who asks for a database, or for a browser, imports, however far away, the file that gives it one. */
export function need(kit: 'database' | 'browser', tests: readonly string[]): boolean {
  const graph = graphOf((file) => file, imports)
  const met = new Set(tests)
  for (const file of met) for (const other of graph.get(file) ?? []) met.add(other)
  return met.has(`tests/kit/${kit}.ts`)
}
