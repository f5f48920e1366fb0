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

/** The titles of tests by the requirement whose whole sentence they say they prove, each with its file. */
function claims(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const file of globSync(['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'], { cwd }))
    for (const [, ids = ''] of readFileSync(new URL(file, root), 'utf8').matchAll(
      /['`]((?:(?:S\d-[\d.()]+|N-\d+) )+)/g,
    ))
      for (const id of ids.trim().split(' ')) found.set(id, (found.get(id) ?? new Set()).add(file))
  return found
}

test('the specification and the tests say the same of what is covered', () => {
  const claimed = claims()
  assert.ok(claimed.size > 40)
  const rows = new Map<string, string>()
  const row = /^\| ((?:(?:S\d-[\d.()]+|N-\d+)(?:, )?)+) \|.*\| (.*?) \|$/gm
  for (const [, ids = '', tests = ''] of readFileSync(new URL('docs/specification.md', root), 'utf8').matchAll(row))
    for (const id of ids.split(', ')) rows.set(id, `${rows.get(id) ?? ''} ${tests}`)
  const wrong = [...claimed.keys()].filter((id) => !rows.has(id)).map((id) => `${id} has no line in the specification`)
  for (const [id, tests] of rows) {
    const files = claimed.get(id) ?? new Set<string>()
    if (tests.includes('—') && files.size > 0) wrong.push(`${id}: the specification names no test, ${[...files]} does`)
    for (const [, name = ''] of tests.matchAll(/`([^` ]+)`/g)) {
      const pattern = name.endsWith('/') ? `${name}**/*` : name
      if (!globSync([pattern, `src/${pattern}`], { cwd }).some((file) => files.has(file)))
        wrong.push(`${id}: ${name} has no test of it`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('every test that the account of ASVS quotes has that title', () => {
  const titles = globSync(['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'], { cwd })
    .map((file) => readFileSync(new URL(file, root), 'utf8'))
    .join('\n')
  const text = readFileSync(new URL('docs/asvs.md', root), 'utf8')
  const quoted = [...text.matchAll(/\.test\.ts` “([^”]+)”(?:(?:,| and) “([^”]+)”)*/g)].flatMap(([, ...said]) =>
    said.filter(Boolean),
  )
  assert.ok(quoted.length > 20)
  const missing = quoted.filter((title) => !title.split('…').every((part) => titles.includes(part)))
  assert.deepEqual(missing, [])
})

test('every decision stands in the index of decisions', () => {
  const index = readFileSync(new URL('docs/decisions/README.md', root), 'utf8')
  const missing = globSync('docs/decisions/0*.md', { cwd }).filter((file) => !index.includes(`(${file.split('/')[2]})`))
  assert.deepEqual(missing, [], 'docs/decisions/README.md: a line for each')
})
