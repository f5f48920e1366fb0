import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { root } from '#ground/config/root.ts'
import { asset } from './assets.ts'

const built = (name: string) => readFileSync(new URL(`dist${asset(name)}`, root))
const properties = (css: string) =>
  new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]))

test('the style sheet is at most 6.5 KB compressed', () => {
  assert.ok(gzipSync(built('app.css')).length <= 6.5 * 1024)
})

test('no page asks another host for anything', () => {
  assert.doesNotMatch(built('app.css').toString(), /url\(|https?:/)
})

test('tokens carry the values of the design system', () => {
  const theirs = properties(
    readFileSync(fileURLToPath(import.meta.resolve('@digital-go-jp/design-tokens/dist/tokens.css')), 'utf8'),
  )
  const ours = properties(readFileSync(new URL('src/ground/html/css/tokens.css', root), 'utf8'))
  const value = (tokens: Map<string, string>, name: string): string =>
    (tokens.get(name) ?? '').replace(/var\((--[\w-]+)\)/, (_, other: string) => value(tokens, other))
  const named = [...ours.keys()].filter((name) => /^--(color|font-size|border-radius)-/.test(name))
  assert.ok(named.length > 20)
  for (const name of named) assert.equal(value(ours, name), value(theirs, name), name)
})

test('a property that is used is defined', () => {
  const css = built('app.css').toString()
  const used = new Set([...css.matchAll(/var\((--[\w-]+)[,)]/g)].map(([, name]) => name!))
  const defined = new Set([...css.matchAll(/[{;](--[\w-]+):/g)].map(([, name]) => name!))
  assert.deepEqual(
    [...used].filter((name) => !defined.has(name)),
    [],
  )
  assert.deepEqual(
    [...defined].filter((name) => !used.has(name)),
    [],
  )
})
