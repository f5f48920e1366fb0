import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'

const cwd = fileURLToPath(root)
const documents = [...globSync('docs/**/*.md', { cwd }), 'README.md', 'CONTRIBUTING.md'].filter((file) =>
  existsSync(new URL(file, root)),
)

test('every file of the program that a document names is there', () => {
  const missing = documents.flatMap((document) =>
    [
      ...readFileSync(new URL(document, root), 'utf8').matchAll(
        /`((?:[\w-]+\/)+(?:[\w.*-]+\.(?:tsx?|js|sql|css|md|test\.ts)))`/g,
      ),
    ]
      .map(([, name = '']) => name)
      // A path counts from src/ or from the root of the project; a star stands for any name.
      .filter((name) => [`src/${name}`, name, `docs/${name}`].every((file) => globSync(file, { cwd }).length === 0))
      .map((name) => `${document}: ${name}`),
  )
  assert.deepEqual(missing, [])
})

test('the newest version of the changelog is that of the program, and the one that the specification describes', () => {
  const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
  const [, newest = ''] = /^## \[(\d+\.\d+\.\d+)\]/m.exec(read('CHANGELOG.md')) ?? []
  assert.equal(JSON.parse(read('package.json')).version, newest)
  const [, described] = /It describes version (\d+\.\d+)\./.exec(read('docs/specification.md')) ?? []
  assert.equal(described, newest.split('.').slice(0, 2).join('.'))
})

test('every test that the account of ASVS quotes has that title', () => {
  const titles = globSync(['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'], { cwd })
    .map((file) => readFileSync(new URL(file, root), 'utf8'))
    .join('\n')
  const text = readFileSync(new URL('docs/asvs.md', root), 'utf8')
  const quoted = [...text.matchAll(/\.test\.ts` “([^”]+)”(?:(?:,| and) “([^”]+)”)*/g)].flatMap(([, ...said]) => said.filter(Boolean))
  assert.ok(quoted.length > 20)
  const missing = quoted.filter((title) => !title.split('…').every((part) => titles.includes(part)))
  assert.deepEqual(missing, [])
})

test('every decision stands in the index of decisions', () => {
  const index = readFileSync(new URL('docs/decisions/README.md', root), 'utf8')
  const missing = globSync('docs/decisions/0*.md', { cwd }).filter((file) => !index.includes(`(${file.split('/')[2]})`))
  assert.deepEqual(missing, [], 'docs/decisions/README.md: a line for each')
})
