import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { readSnapshot, renderSite, writeSite } from './files.ts'
import { fileOf } from './paths.ts'
import { published, told_at, view } from './sample.ts'
import { emptySnapshot } from './snapshot.ts'

const root = await mkdtemp(path.join(tmpdir(), 'noroshi-public-'))
after(() => rm(root, { recursive: true, force: true }))
let folder = ''
let count = 0
beforeEach(() => {
  folder = path.join(root, String(++count))
})
const filesIn = async (where: string) =>
  (await readdir(where, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(where, path.join(entry.parentPath, entry.name)))
    .sort()

test('S0-31 the site is plain files that any host can serve, each with its compressed twins', async () => {
  await writeSite(folder, renderSite(published(2), view(told_at)), published(2))
  const files = await filesIn(folder)
  for (const file of [
    'index.html',
    'en/index.html',
    'feed.atom',
    'en/feed.atom',
    'status.json',
    'cap/index.html',
    'cap/noroshi-actual-20261121-1.xml',
    'cap/noroshi-actual-20261121-2.xml',
    'snapshot.json',
  ])
    assert.ok(files.includes(file), file)
  const page = await readFile(path.join(folder, 'index.html'), 'utf8')
  assert.equal(gunzipSync(await readFile(path.join(folder, 'index.html.gz'))).toString(), page)
  assert.equal(brotliDecompressSync(await readFile(path.join(folder, 'index.html.br'))).toString(), page)
  const assets = [...page.matchAll(/(?:href|src)="\/(assets\/[^"]+)"/g)].map(([, asset]) => asset ?? '')
  assert.equal(assets.length, 3)
  for (const asset of assets) assert.ok(files.includes(asset), asset)
  assert.deepEqual(await readSnapshot(folder, 'actual'), { snapshot: published(2), problem: null })
})

test('S0-28 an exercise is written below its own folder only', () => {
  const paths = [...renderSite(published(2, 'exercise'), view(told_at)).keys()].filter(
    (each) => !each.startsWith('/assets/'),
  )
  assert.equal(paths.length, 8)
  for (const each of paths) assert.match(each, /^\/exercise\//)
})

for (const { name, text, problem } of [
  { name: 'cut short', text: JSON.stringify(published(1)).slice(0, 500), problem: /damaged: it is not JSON/ },
  { name: 'of another shape', text: '{"mode":"actual","number":"one"}', problem: /damaged: number/ },
  { name: 'of another mode', text: JSON.stringify(published(1, 'test')), problem: /damaged: it holds mode test/ },
  {
    name: 'with a message that would be written elsewhere',
    text: JSON.stringify(published(1)).replace('noroshi-actual-20261121-1', '../../elsewhere'),
    problem: /damaged: messages\.0\.identifier/,
  },
])
  test(`a snapshot ${name} is called damaged, and the picture is empty`, async () => {
    await mkdir(folder, { recursive: true })
    await writeFile(path.join(folder, 'snapshot.json'), text)
    const read = await readSnapshot(folder, 'actual')
    assert.deepEqual(read.snapshot, emptySnapshot('actual'))
    assert.match(read.problem ?? '', problem)
  })

test('no snapshot yet is an empty picture and no problem', async () => {
  assert.deepEqual(await readSnapshot(folder, 'actual'), { snapshot: emptySnapshot('actual'), problem: null })
})

test('what a killed writer left behind is cleared away, what a living one holds is not', async () => {
  await mkdir(folder, { recursive: true })
  for (const name of ['index.html.1-a.tmp', 'index.html.2-b.tmp']) await writeFile(path.join(folder, name), 'half')
  const long_ago = new Date(Date.now() - 3_600_000)
  await utimes(path.join(folder, 'index.html.1-a.tmp'), long_ago, long_ago)
  await writeSite(folder, renderSite(published(1), view(told_at)), published(1))
  const left = (await filesIn(folder)).filter((file) => file.endsWith('.tmp'))
  assert.deepEqual(left, ['index.html.2-b.tmp'])
})

test('S0-31 a writer killed at any moment leaves every file old or new, and a reader meanwhile never sees a half', async () => {
  const [old, fresh] = [published(1), published(2)].map((snapshot) => renderSite(snapshot, view(told_at)))
  const places = [...fresh!.keys()].filter((place) => !place.startsWith('/assets/'))
  const mustBeWhole = async (place: string, when: string) => {
    const file = path.join(folder, fileOf(place))
    const allowed = [old, fresh].flatMap((site) => site?.get(place)?.body ?? [])
    const found = [await readFile(file), await readFile(`${file}.gz`), await readFile(`${file}.br`)]
    const [identity, gzip, br] = found
    for (const whole of [identity!, gunzipSync(gzip!), brotliDecompressSync(br!)])
      assert.ok(
        allowed.some((body) => body.equals(whole)),
        `${place} ${when}`,
      )
    const { snapshot, problem } = await readSnapshot(folder, 'actual')
    assert.deepEqual([problem, [1, 2].includes(snapshot.number)], [null, true], when)
  }

  for (const kill of [1, 2, 3, 4, 5, 6]) {
    const child = fork(new URL('./writer-to-kill.js', import.meta.url), [folder])
    const gone = once(child, 'exit')
    try {
      await once(child, 'message')
      // Each kill comes a little later than the last, wherever the writer then is.
      for (let turn = 0; turn < kill * 5; turn++)
        for (const place of places) await mustBeWhole(place, `while it is written, ${kill}`)
    } finally {
      child.kill('SIGKILL')
      await gone
    }
    for (const place of places) await mustBeWhole(place, `after kill ${kill}`)
  }
})
