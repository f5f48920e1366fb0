import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'
import { files } from '#tests/house/imports.ts'
import { allTests, changedFiles, list_tests, need, shape_tests, testsBeside, testsFor } from './choose.ts'

const some = [
  'src/status/board/line.test.ts',
  'src/status/board/pages.test.tsx',
  'src/status/reports/board-of-one.test.ts',
  'src/public/site/files.test.ts',
  'tests/house/shape.test.ts',
]

for (const [word, found] of Object.entries({
  board: some.slice(0, 3),
  Board: some.slice(0, 3),
  'src/status/board': some.slice(0, 2),
  './src/status/board/': some.slice(0, 2),
  'src/status/*/*.test.ts': [some[0], some[2]],
  'src/public/site/files.test.ts': [some[3]],
  'dist/src/public/site/files.test.js': [some[3]],
  'src/public/site/files.ts': [some[3]],
  tests: [some[4]],
  nonsense: [],
}))
  test(`the word ${word} means ${found.length} of these test files`, () => {
    assert.deepEqual(testsFor(word, some), found)
  })

test('a word that means no test file is named, and nothing runs', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test.js', 'shape', 'nonsense'], {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
  })
  assert.deepEqual([status, stdout, stderr], [1, '', 'No test file is named by nonsense.\n'])
})

test('beside a source stands the test of its name, else those of its folder', () => {
  assert.deepEqual(testsBeside('src/status/board/line.ts', some), [some[0]])
  assert.deepEqual(testsBeside('src/status/board/pages.tsx', some), [some[1]])
  assert.deepEqual(testsBeside('src/status/board/row.ts', some), some.slice(0, 2))
  assert.deepEqual(testsBeside('src/status/board/line.test.ts', some), [some[0]])
  assert.deepEqual(testsBeside('src/status/board/gone.test.ts', some), [])
  assert.deepEqual(testsBeside('README.md', some), [])
})

test('only who reaches a database, or a browser, is given one', () => {
  assert.equal(need('database', ['tests/house/shape.test.ts']), false)
  assert.equal(need('database', ['tests/process/build.test.ts', 'tests/run/choose.test.ts']), false)
  assert.equal(need('database', ['tests/house/shape.test.ts', 'src/ground/db/upgrade.test.ts']), true)
  assert.equal(need('database', list_tests.files), true)
  assert.equal(need('browser', list_tests.files), false)
  assert.equal(need('browser', ['tests/house/pages.test.ts']), true)
})

test('the tests that the quick run asks for by name are there', () => {
  for (const file of shape_tests) assert.ok(allTests.includes(file), file)
  for (const file of list_tests.files)
    assert.match(files.get(file) ?? '', new RegExp(`^test\\('.*${list_tests.name.source}`, 'm'))
})

test('changed is what is not as in the last commit, else what that one changed', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'noroshi-changed-'))
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@market.example', ...words], { cwd: folder })
  const write = (file: string) => writeFileSync(path.join(folder, file), file)
  const commit = () => {
    git('add', '--all')
    git('commit', '--quiet', '--no-gpg-sign', '--message', 'x')
  }
  try {
    git('init', '--quiet')
    write('old.ts')
    commit()
    mkdirSync(path.join(folder, 'あ'))
    write('あ/first.ts')
    assert.deepEqual(changedFiles(folder), ['あ/first.ts'])
    commit()
    assert.deepEqual(changedFiles(folder), ['あ/first.ts'])
    write('second.ts')
    writeFileSync(path.join(folder, 'old.ts'), 'new')
    git('add', 'second.ts')
    assert.deepEqual(changedFiles(folder), ['old.ts', 'second.ts'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
