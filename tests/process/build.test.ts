import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  cpSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'

const project = fileURLToPath(root)
let folder: string

/** A program of four files, a style sheet and a browser script, built as ours is. */
const tree = {
  'bin/hello.ts': `import { word, type Word } from './word.ts'\nimport { shout } from '#deep/shout.tsx'\nconst said: Word = word\nconsole.log(shout(said))\n`,
  'bin/word.ts': `export type Word = string\nexport const word: Word = 'こんにちは'\n`,
  'src/deep/shout.tsx': `export const shout = (word: string) => word + '!'\n`,
  'src/ground/html/app.css': `@import "./part.css";\n`,
  'src/ground/html/part.css': `p { color: red }\n`,
  'src/client/live.ts': `import { shout } from '#deep/shout.tsx'\ndocument.title = shout('open')\n`,
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'noroshi-build-'))
  for (const file of ['build.js', 'package.json', 'tsconfig.json'])
    cpSync(path.join(project, file), path.join(folder, file))
  mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(
    path.dirname(fileURLToPath(import.meta.resolve('esbuild/package.json'))),
    path.join(folder, 'node_modules/esbuild'),
  )
  for (const [file, text] of Object.entries(tree)) write(file, text)
  assert.equal((await build()).code, 0)
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), text)
}

const run = (file: string) =>
  new Promise<{ code: number; said: string }>((resolve) =>
    execFile(process.execPath, ['--enable-source-maps', file], { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    ),
  )
const build = () => run('build.js')
const names = () => globSync('dist/**/*.*', { cwd: folder }).sort()
/** Every built file, with what tells that it was written again. */
const built = () =>
  Object.fromEntries(
    names().map((name) => {
      const { ino, mtimeNs } = statSync(path.join(folder, name), { bigint: true })
      return [name, `${ino} ${mtimeNs} ${readFileSync(path.join(folder, name), 'utf8')}`]
    }),
  )
const sheet = () => readFileSync(path.join(folder, names().find((name) => name.endsWith('.css'))!), 'utf8')

test('what is built runs, and a fault in it names the line of the source', async () => {
  assert.deepEqual(await run('dist/bin/hello.js'), { code: 0, said: 'こんにちは!\n' })
  assert.match(sheet(), /^p\{color:red\}/)
  write('src/deep/shout.tsx', `export const shout = (word: string): string => {\n\n  throw new Error(word)\n}\n`)
  await build()
  const fault = await run('dist/bin/hello.js')
  assert.equal(fault.code, 1)
  assert.match(fault.said, /src\/deep\/shout\.tsx:3:\d+/)
})

test('the command that a build links may be run', () => {
  assert.ok(lstatSync(path.join(folder, 'node_modules/.bin/noroshi')).isSymbolicLink())
  assert.equal(statSync(path.join(project, 'bin/noroshi.js')).mode & 0o111, 0o111)
})

test('with nothing changed nothing is written, whatever the clock says', async () => {
  const before = built()
  const later = new Date(Date.now() + 86_400_000)
  utimesSync(path.join(folder, 'bin/word.ts'), later, later)
  assert.deepEqual(await build(), { code: 0, said: '' })
  assert.deepEqual(built(), before)
})

test('a changed source is built again alone, also one that is older than what was built of it', async () => {
  const before = built()
  write('bin/word.ts', `export type Word = string\nexport const word: Word = 'さようなら'\n`)
  utimesSync(path.join(folder, 'bin/word.ts'), new Date(0), new Date(0))
  assert.equal((await build()).code, 0)
  assert.equal((await run('dist/bin/hello.js')).said, 'さようなら!\n')
  const after = built()
  const changed = Object.keys(after).filter((name) => after[name] !== before[name])
  assert.deepEqual(changed, ['dist/bin/word.js', 'dist/bin/word.js.map'])
  write('src/ground/html/part.css', 'p { color: blue }\n')
  assert.equal((await build()).code, 0)
  assert.match(sheet(), /^p\{color:#00f\}/)
})

for (const [what, file, text] of [
  ['a source', 'src/deep/shout.tsx', `export const shout = 1\nexport const broken = (\n`],
  ['a browser script', 'src/client/live.ts', `import './nowhere.ts'\n`],
  ['a style sheet', 'src/ground/html/app.css', `@import "./nowhere.css";\n`],
] as const)
  test(`a fault in ${what} is named by file and line, and the last build stands`, async () => {
    const before = built()
    write(file, text)
    write('bin/word.ts', `export type Word = string\nexport const word: Word = 'right'\n`)
    const { code, said } = await build()
    assert.equal(code, 1)
    assert.match(said, new RegExp(`${file}:\\d+:\\d+:`))
    assert.match(said, /dist\/ is left as it was/)
    assert.deepEqual(built(), before)
    write(file, tree[file])
    assert.equal((await build()).code, 0)
    assert.equal((await run('dist/bin/hello.js')).said, 'right!\n')
  })

test('what has no source any more vanishes', async () => {
  const before = names()
  write('src/gone/deeper/word.ts', 'export const word = 1\n')
  write('src/client/gone.ts', `document.title = 'gone'\n`)
  await build()
  assert.equal(names().length, before.length + 5)
  rmSync(path.join(folder, 'src/gone'), { recursive: true })
  rmSync(path.join(folder, 'src/client/gone.ts'))
  assert.equal((await build()).code, 0)
  assert.deepEqual(names(), before)
  assert.deepEqual(globSync('dist/src/gone', { cwd: folder }), [])
})

test('what a killed build or a hand has spoilt is made again', async () => {
  const whole = Object.fromEntries(names().map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))
  rmSync(path.join(folder, 'dist/bin/hello.js'))
  write('dist/bin/word.js', 'export const wo')
  write('dist/assets/assets.json', '{}')
  write('dist/bin/hello.js.4711.new', 'import')
  utimesSync(path.join(folder, 'dist/bin/hello.js.4711.new'), new Date(0), new Date(0))
  assert.equal((await build()).code, 0)
  assert.deepEqual(
    Object.fromEntries(names().map((name) => [name, readFileSync(path.join(folder, name), 'utf8')])),
    whole,
  )
})

test('several builds at once leave one whole build', async () => {
  const before = names()
  rmSync(path.join(folder, 'dist'), { recursive: true })
  for (const { code, said } of await Promise.all([build(), build(), build()])) assert.equal(code, 0, said)
  assert.deepEqual(names(), before)
  assert.equal((await run('dist/bin/hello.js')).code, 0)
  assert.deepEqual(await build(), { code: 0, said: '' })
})
