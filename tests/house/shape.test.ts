import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { root } from '#ground/config/root.ts'
import { stands } from '../kit/stands.ts'
import { circlesOf, graphOf, runningUp } from './graph.ts'
import { files, holding, imports, isTest, program } from './imports.ts'
import { plan, sliceOf, slicesOf, wingOf, wings } from './plan.ts'

test('the tests of the shape see the program', () => {
  assert.ok(files.size > 200 && imports.length > 500)
  for (const { from, to } of imports) assert.ok(files.has(to), `${from} imports ${to}`)
})

test('only config.ts reads the environment', () => {
  assert.deepEqual(holding(/process\.env|loadEnvFile/), ['src/ground/config/config.ts'])
})

test('no markup is written around React', () => {
  assert.deepEqual(holding(/dangerouslySetInnerHTML/, [...files]), ['tests/house/shape.test.ts'])
})

test('no page has styles or scripts of its own: its policy would refuse them', () => {
  // Mail programs know no style sheets.
  assert.deepEqual(holding(/\sstyle=|<style|<script(?! type="module" src=)/), ['src/delivery/deliveries/mail-html.tsx'])
})

test('which page of a list was asked for, and under which name a file is kept, is written in one place', () => {
  assert.deepEqual(holding(/query\('(page|rows)'\)|\brows === 'all'/), ['src/ground/lists/wanted.ts'])
  assert.deepEqual(holding(/\bhasMore\b|=> `[^`]*[?&]page=\$/), [])
  assert.deepEqual(holding(/attachment; filename/), ['src/ground/tools/attachment.ts'])
})

/** Where a transaction is opened for an action that another file finishes, with its line in the trail. */
const recordElsewhere: Record<string, RegExp> = {
  'src/public/publication/publish.ts': /publishSnapshot\(tx/,
  'src/hazards/proposals/take-in.ts': /storeTelegram\(tx/,
  'src/hazards/proposals/evaluate-reports.ts': /await propose\(\s*tx/,
  'src/hazards/proposals/evaluate-again.ts': /evaluateEvent\(tx/,
  // A reply that is taken or kept has its line by `noteReply`, limited for strangers.
  'src/asking/replies/take-mail-reply.ts': /\bnoteReply\(/,
  'src/asking/replies/take-sms.ts': /\bnoteReply\(/,
  // Tries whether a role may be taken on; changes nothing.
  'src/ground/db/make-role.ts': /set local role/,
}

test('every transaction leaves its line in the trail', () => {
  const opening = holding(/\.transaction\(\)/)
  assert.ok(opening.length > 10)
  for (const file of opening) assert.match(files.get(file)!, recordElsewhere[file] ?? /\brecord(?:Refusal)?\(/, file)
  for (const file of Object.keys(recordElsewhere)) assert.ok(opening.includes(file), `${file} is no exception any more`)
})

test('every import runs down', () => {
  const there = new Set([...files.keys()].filter((file) => !isTest(file)).map(sliceOf))
  stands(
    [...there],
    wings.flatMap(slicesOf),
    'README.md, “Where things are”: each slice in the line of its wing, in its place.',
  )
  assert.deepEqual([...runningUp(graphOf(wingOf)), ...runningUp(graphOf(sliceOf))], [])
})

/** Imported file by file: what is under every slice, and what puts them together and so knows them all. */
const open_rooms = ['ground', 'app']

test('a slice is imported by its index, the ground and the root file by file', () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      !isTest(from) && sliceOf(from) !== sliceOf(to) && !open_rooms.includes(wingOf(to)) && !to.endsWith('/index.ts'),
  )
  assert.deepEqual(wrong, [])
  for (const wing of wings)
    if ((plan.get(wing) ?? []).length > 0)
      assert.ok(!files.has(`src/${wing}/index.ts`), `the wing ${wing} has a door of its own`)
})

test('a wing fits in a head: 12 slices, 12,000 lines', () => {
  for (const wing of wings) {
    // The rooms of the ground are no slices.
    if (wing === 'ground') continue
    const slices = plan.get(wing) ?? []
    assert.ok(slices.length <= 12, `${wing} has ${slices.length} slices`)
    const lines = program.filter(([file]) => wingOf(file) === wing).flatMap(([, text]) => text.trimEnd().split('\n'))
    assert.ok(lines.length <= 12_000, `${wing} has ${lines.length} lines`)
  }
})

test('the program imports nothing that is for tests', () => {
  assert.deepEqual(
    imports.filter(({ from, to }) => !isTest(from) && isTest(to)),
    [],
  )
})

test('no file imports itself in a circle', () => {
  assert.deepEqual(circlesOf(graphOf((file) => file, imports)), [])
})

test('a file fits in a head: 300 lines, a file of tests 500', () => {
  const long = [...files].filter(([file, text]) => text.trimEnd().split('\n').length > (isTest(file) ? 500 : 300))
  assert.deepEqual(
    long.map(([file]) => file),
    [],
  )
})

test('words are for others, texts are what one page says', () => {
  const names = (file: string) => [...(files.get(file) ?? '').matchAll(/^export const (\w+)/gm)].map(([, name]) => name)
  for (const [file, text] of program) {
    if (/texts\.ts$/.test(file))
      assert.ok(
        names(file).some((name) => /[tT]exts$/.test(name ?? '')),
        `${file} holds no texts`,
      )
    if (/words\.ts$/.test(file))
      assert.deepEqual(
        names(file).filter((name) => /[tT]exts$/.test(name ?? '')),
        [],
        file,
      )
    if (file.endsWith('/index.ts')) assert.doesNotMatch(text, /texts\.ts'/, `${file} gives away what one page says`)
  }
})

test('a boolean is spelled like every datum, a function that tells one like every function', () => {
  const named = '(?:is|has|may|sees|was|can|must|wants|needs)[A-Z]\\w*'
  const value = new RegExp(
    `\\b${named}\\??: boolean|\\b(?:const|let) ${named} = (?!async|\\(|<|\\w+ =>)|<[A-Z][^<>]*\\s${named}(?:=|\\s|/)`,
  )
  assert.deepEqual(holding(value), [], 'is_open for what is kept or handed over, isOpen(…) for who tells it')
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
    readFileSync(new URL('package-lock.json', root), 'utf8'),
    /"resolved"|https?:\/\/(?!.*(?:github\.com|fund|sponsor|opencollective|paypal|tidelift|patreon|feross|ko-fi|buymeacoffee|liberapay))[^"]*registry/,
  )
})

test('no machine of ours is named in the program', () => {
  assert.deepEqual(holding(/['"`/](?:home|work|Users)\/[a-z]+\//, [...files]), [])
})
