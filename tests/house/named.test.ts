import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'
import { acts } from '#ground/rights/may.ts'
import { topicNames } from '#ground/rights/topics.ts'
import { actionNames } from '#ground/trail/actions.ts'
import { toBeShown } from '../kit/plain-pages.ts'
import { routes } from './homes.ts'
import { program } from './imports.ts'
import { sliceOf, wingOf } from './plan.ts'

// What a slice uses and others keep. Of names the compiler says the same, but not where they go.

const written = (pattern: RegExp) =>
  program.flatMap(([file, text]) => [...text.matchAll(pattern)].map(([, name = '']) => ({ file, name })))

function keptIn(found: { file: string; name: string }[], known: readonly string[], where: (file: string) => string) {
  const missing = found.filter(({ name }) => !known.includes(name))
  if (missing.length > 0)
    assert.fail([...new Set(missing.map(({ file, name }) => `${file} names ${name}. ${where(file)}`))].join('\n'))
}

test('every act, action and topic that is used stands in the list of them', () => {
  const asked = written(/\b(?:must|may)\([\w.()]+, '([^']+)'/g)
  assert.ok(asked.length > 150)
  keptIn(asked, acts, () => 'src/ground/rights/may.ts: say who may do it, with its words.')
  const done = written(/\baction: '([a-z-]+\.[a-z-]+)'/g)
  assert.ok(done.length > 80)
  keptIn(done, actionNames, (file) => `src/ground/trail/actions/${wingOf(file)}.ts: say it in words.`)
  const waited = written(/\blive="\/([^"/]+)/g)
  assert.ok(waited.length > 20)
  keptIn(waited, topicNames, () => 'src/ground/rights/topics.ts: say who may hear of it.')
})

test('every action of the trail is asserted by a test of its own slice or of the house', () => {
  const tests = globSync('{src,tests}/**/*.test.ts', { cwd: fileURLToPath(root) })
    .map((file) => readFileSync(new URL(file, root), 'utf8'))
    .join('\n')
  const missing = actionNames.filter((name) => !tests.includes(`'${name}'`))
  assert.deepEqual(missing, [], 'Assert the line where its act is tested: site.trailOf(about).')
})

test('every page for people stands in the list of the menu, or is linked to by another slice', () => {
  const first = routes.filter(
    ({ method, path }) => method === 'get' && toBeShown.includes(path) && /^\/[\w-]+$/.test(path),
  )
  assert.ok(first.length > 20)
  const unlinked = first.filter(({ path, slice }) => {
    const link = new RegExp(
      `(href[=:] ?|\\b(?:to|path)[=:] ?|redirect\\(|get\\()['"\`{]+${path}['"\`?]|['"\`]${path}\\?`,
    )
    return !program.some(
      ([file, text]) => sliceOf(file) !== slice && !file.startsWith('src/simulate') && link.test(text),
    )
  })
  const where = 'src/ground/html/navigation.ts: offer it in the menu, or link to it from a page of another slice.'
  assert.deepEqual(
    unlinked.map(({ path }) => `${path} is found by nobody. ${where}`),
    [],
  )
})
