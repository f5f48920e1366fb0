import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const root = path.resolve(import.meta.dirname, '../..')
const files = new Map(
  globSync('{bin,src,tests,bench}/**/*.{ts,tsx}', { cwd: root })
    .sort()
    .map((file) => [file, readFileSync(path.join(root, file), 'utf8')]),
)
const isTest = (file: string) => /\.test\.tsx?$|\/test-[a-z-]+\.tsx?$|\/testing\.ts$|^tests\/|^bench\//.test(file)
const program = [...files].filter(([file]) => !isTest(file))
const holding = (pattern: RegExp, among = program) =>
  among.filter(([, text]) => pattern.test(text)).map(([file]) => file)

type Import = { from: string; to: string; type_only: boolean }
const imports: Import[] = [...files].flatMap(([from, text]) =>
  [...text.matchAll(/^(?:import|export)\s+(type\s)?([^'"]*?)from\s+'([#.][^']+)'/gm)].map(
    ([, type, names = '', to = '']) => ({
      from,
      to: to.startsWith('#') ? `src/${to.slice(1)}` : path.join(path.dirname(from), to),
      type_only: type !== undefined || /^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(names),
    }),
  ),
)
const folderOf = (file: string) => (file.startsWith('src/') ? (file.split('/')[1] ?? '') : file.split('/')[0]!)

test('the tests of the shape see the program', () => {
  assert.ok(files.size > 200 && imports.length > 500)
  for (const { from, to } of imports) assert.ok(files.has(to), `${from} imports ${to}`)
})

test('only config.ts reads the environment', () => {
  assert.deepEqual(holding(/process\.env|loadEnvFile/), ['src/app/config.ts'])
})

test('no markup is written around React', () => {
  assert.deepEqual(holding(/dangerouslySetInnerHTML/, [...files]), ['src/shape.test.ts'])
})

test('no page has styles or scripts of its own: its policy would refuse them', () => {
  // Mail programs know no style sheets.
  assert.deepEqual(holding(/\sstyle=|<style|<script(?! type="module" src=)/), ['src/deliveries/mail-html.tsx'])
})

/** Where a transaction is opened for an action that another file finishes, with its line in the trail. */
const recordElsewhere: Record<string, RegExp> = {
  'src/publication/publish.ts': /publishSnapshot\(tx/,
  'src/proposals/take-in.ts': /storeTelegram\(tx/,
  'src/proposals/evaluate-reports.ts': /await propose\(\s*tx/,
  'src/proposals/evaluate-again.ts': /evaluateEvent\(tx/,
  // Tries whether a role may be taken on; changes nothing.
  'src/db/make-role.ts': /set local role/,
}

test('every transaction leaves its line in the trail', () => {
  const opening = holding(/\.transaction\(\)/)
  assert.ok(opening.length > 10)
  for (const file of opening) assert.match(files.get(file)!, recordElsewhere[file] ?? /\brecord\(/, file)
  for (const file of Object.keys(recordElsewhere)) assert.ok(opening.includes(file), `${file} is no exception any more`)
})

/** What is under every slice and knows none: imported file by file. */
const kernel = ['app', 'db', 'html', 'jobs', 'live']
/** Files of a slice that others import beside its index, because its index would import them in turn. */
const inner: Record<string, string> = {
  'src/status/words.ts': 'the words of functions and states, which the public page and the roster use, too',
  'src/trail/record.ts': 'the sign-in records; the pages of the trail need the sign-in',
  'src/letters/queue-letter.ts':
    'the sign-in writes to its people; handing letters over needs the labels of the sign-in',
  'src/access/labels.ts': 'the frame of every page shows who may read it',
  'src/access/may.ts': 'the frame of every page asks what its reader may see; the sign-in page stands in that frame',
}

test('slices import only the index of another slice', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      !isTest(from) &&
      from.startsWith('src/') &&
      folderOf(from) !== folderOf(to) &&
      !kernel.includes(folderOf(to)) &&
      !to.endsWith('/index.ts') &&
      !(to in inner),
  )
  assert.deepEqual(wrong, [])
  for (const file of Object.keys(inner))
    assert.ok(
      imports.some(({ to }) => to === file),
      `${file} is no exception any more`,
    )
})

test('the program imports nothing that is for tests', () => {
  assert.deepEqual(
    imports.filter(({ from, to }) => !isTest(from) && isTest(to)),
    [],
  )
})

test('no file imports itself in a circle', () => {
  const next = Map.groupBy(
    imports.filter(({ type_only }) => !type_only),
    ({ from }) => from,
  )
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (file: string, way: string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
    if (done.has(file) || way.includes(file)) return
    for (const { to } of next.get(file) ?? []) walk(to, [...way, file])
    done.add(file)
  }
  for (const file of files.keys()) walk(file, [])
  assert.deepEqual(circles, [])
})

test('a file fits in a head: 300 lines, a file of tests 500', () => {
  const long = [...files].filter(([file, text]) => text.trimEnd().split('\n').length > (isTest(file) ? 500 : 300))
  assert.deepEqual(
    long.map(([file]) => file),
    [],
  )
})

test('nothing is left for later, and no type is given up', () => {
  // In parts, so that this file does not hold what it looks for.
  const left = new RegExp(
    `${'TO'}DO|${'FIX'}ME|@ts-${'ignore'}|@ts-${'nocheck'}|\\bas ${'any'}\\b|[\\w)\\]?]: ${'any'}(?=[\\s,;)=[])(?! change)`,
  )
  assert.deepEqual(holding(left, [...files]), [])
})

test('the list of packages names no registry', () => {
  assert.doesNotMatch(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
    /"resolved"|https?:\/\/(?!.*(?:github\.com|fund|sponsor|opencollective|paypal|tidelift|patreon|feross|ko-fi|buymeacoffee|liberapay))[^"]*registry/,
  )
})

test('no machine of ours is named in the program', () => {
  assert.deepEqual(holding(/['"`/](?:home|work|Users)\/[a-z]+\//, [...files]), [])
})
