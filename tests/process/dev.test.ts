import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { root } from '#ground/config/root.ts'
import { openBrowser } from '#tests/kit/browser.ts'
import { get, isAlive, newFolder, postmaster, removeFolder, until } from './program.ts'

const patience = { timeout: 120_000 }
const project = fileURLToPath(root)
let folder: string
let data: string
let dev: ChildProcess
let said = ''
let origin: string
let browser: Browser
let page: Page

const says = (words: RegExp) => until(() => words.test(said), 60_000)
/** Changes a source as an editor does when it saves. */
function change(file: string, from: string, to: string) {
  const at = path.join(folder, file)
  const text = readFileSync(at, 'utf8')
  assert.ok(text.includes(from), `${file} has no ${from}`)
  said = ''
  writeFileSync(at, text.replace(from, to))
}

before(async () => {
  folder = newFolder()
  data = path.join(folder, 'var')
  for (const part of ['bin', 'src', 'migrations', 'dist', 'build.js', 'dev.js', 'package.json', 'tsconfig.json'])
    cpSync(path.join(project, part), path.join(folder, part), { recursive: true })
  mkdirSync(path.join(folder, 'node_modules'))
  for (const name of readdirSync(path.join(project, 'node_modules')).filter((name) => name !== '.cache'))
    symlinkSync(path.join(project, 'node_modules', name), path.join(folder, 'node_modules', name))
  dev = spawn(process.execPath, ['dev.js', '--without-types'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const output of [dev.stdout!, dev.stderr!]) output.on('data', (part: Buffer) => (said += part))
  browser = await openBrowser()
  await says(/^Noroshi 狼煙 {2}http\S+\n/m)
  origin = /^Noroshi 狼煙 {2}(http\S+)\n/m.exec(said)![1]!
}, patience)
after(async () => {
  await browser?.close()
  dev.kill('SIGINT')
  await until(() => dev.exitCode !== null)
  const pid = postmaster(data)
  if (pid && isAlive(pid)) process.kill(pid, 'SIGINT')
  await until(() => !pid || !isAlive(pid))
  removeFolder(folder)
})

test('a changed word and a changed style reach the page that is open, and PostgreSQL stays', patience, async () => {
  const pid = postmaster(data)
  page = await browser.newPage()
  await page.goto(`${origin}/sign-in`)
  change('src/ground/html/layout.tsx', "skip: '本文へ移動'", "skip: '本文へ急ぐ'")
  await page.getByText('本文へ急ぐ').waitFor({ state: 'attached', timeout: 60_000 })
  change('src/ground/html/css/base.css', '', 'main { outline: 3px solid rgb(1, 2, 3) }\n')
  await page.waitForFunction(
    () => getComputedStyle(document.querySelector('main')!).outlineColor === 'rgb(1, 2, 3)',
    undefined,
    { timeout: 60_000 },
  )
  assert.equal(postmaster(data), pid)
})

test('what does not build is told, and the last program goes on; mended, it is started again', patience, async () => {
  change('src/ground/html/layout.tsx', "skip: '本文へ急ぐ'", "skip: '本文へ")
  await says(/src\/ground\/html\/layout\.tsx:\d+:\d+:[\s\S]*left as it was/)
  assert.match(await (await get(`${origin}/sign-in`)).text(), /本文へ急ぐ/)
  change('src/ground/html/layout.tsx', "skip: '本文へ", "skip: '本文へ歩く'")
  await page.getByText('本文へ歩く').waitFor({ state: 'attached', timeout: 60_000 })
})

test(
  'a program that ends as it starts leaves its reason in the terminal and a word in the browser',
  patience,
  async () => {
    change('bin/serve.ts', 'const config = readSettings()', "throw new Error('not today')")
    await says(/not today[\s\S]*The program has ended/)
    assert.equal((await get(`${origin}/sign-in`)).status, 503)
    await page.getByText('The terminal says why').waitFor({ timeout: 60_000 })
    change('bin/serve.ts', "throw new Error('not today')", 'const config = readSettings()')
    await page.getByText('本文へ歩く').waitFor({ state: 'attached', timeout: 60_000 })
  },
)

test('Ctrl-C ends everything, the database too', patience, async () => {
  const pid = postmaster(data)!
  dev.kill('SIGINT')
  dev.kill('SIGINT')
  assert.deepEqual(await once(dev, 'exit'), [0, null])
  assert.ok(!isAlive(pid), 'the database is still running')
  await assert.rejects(get(`${origin}/`))
})
