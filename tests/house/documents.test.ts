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

test('every decision stands in the index of decisions', () => {
  const index = readFileSync(new URL('docs/decisions/README.md', root), 'utf8')
  const missing = globSync('docs/decisions/0*.md', { cwd }).filter((file) => !index.includes(`(${file.split('/')[2]})`))
  assert.deepEqual(missing, [], 'docs/decisions/README.md: a line for each')
})
