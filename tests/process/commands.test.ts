import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openFileDropChannel } from '#ground/channels/file-drop.ts'
import { root } from '#ground/config/root.ts'
import { type EmbeddedServer, openEmbedded } from '#ground/db/embedded.ts'
import { testMessage } from '../kit/messages.ts'
import { command, endAll, newFolder, type Program, postmaster, removeFolder, run } from './program.ts'

const patience = { timeout: 180_000 }
const telegrams = fileURLToPath(new URL('tests/telegrams/', root))
const roster = fileURLToPath(new URL('docs/roster-sample.csv', root))
const folder = newFolder()
const files = newFolder()
/** Runs beside the commands, as it would on a desk. */
let serving: Program
let server: EmbeddedServer

const noroshi = (...words: string[]) => command(words, { NOROSHI_DATA: folder })
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(path.join(files, name), content)
  return path.join(files, name)
}

before(async () => {
  serving = run(['serve'], { NOROSHI_DATA: folder })
  await serving.up()
  server = await openEmbedded(folder)
}, patience)
after(async () => {
  await server.close()
  await serving.stop()
  endAll()
  assert.equal(postmaster(folder), undefined)
  for (const each of [folder, files]) removeFolder(each)
})

const commands = [
  'serve',
  'work',
  'migrate',
  'ingest-jma',
  'import-roster',
  'publish',
  'verify-trail',
  'create-account',
  'verify-pack',
  'verify-drop',
  'simulate',
  'renew-secret',
]

test('every command explains itself, and all of them are listed', patience, async () => {
  const list = await noroshi('--help')
  assert.equal(list.code, 0)
  for (const name of commands) {
    assert.match(list.said, new RegExp(`^ {2}${name}\\b`, 'm'))
    for (const ask of name === 'serve' ? ['--help', '-h'] : ['--help']) {
      const { code, said } = await noroshi(name, ask)
      assert.equal(code, 0)
      assert.ok(said.startsWith(`noroshi ${name}`) && said.split('\n\n')[1]!.length > 20, said)
    }
  }
})

for (const words of [['nothing'], ['constructor'], ['']])
  test(`${JSON.stringify(words)} is no command: the list, and exit code 2`, patience, async () => {
    const { code, said } = await noroshi(...words)
    assert.equal(code, 2)
    assert.match(said, /There is no command/)
  })

for (const words of [
  ['serve', '--port', '80'],
  ['work', 'now'],
  ['migrate', '--down'],
  ['publish', 'everything'],
  ['verify-trail', '--fix'],
  ['verify-pack'],
  ['verify-pack', 'a.pdf', 'b.pdf'],
  ['verify-drop', 'a.json', 'b.json'],
  ['ingest-jma'],
  ['ingest-jma', '--force', 'x.xml'],
  ['import-roster'],
  ['import-roster', 'a.csv', 'b.csv'],
  ['create-account', '--role', 'king'],
  ['renew-secret', 'now'],
])
  test(`noroshi ${words.join(' ')} is refused with the usage, and nothing happens`, patience, async () => {
    const { code, said } = await noroshi(...words)
    assert.equal(code, 2, said)
    assert.match(said, new RegExp(`noroshi ${words[0]}`))
    assert.doesNotMatch(said, /at .*\.js:/)
  })

test('telegrams are taken in once, beside a running program', patience, async () => {
  const one = path.join(telegrams, 'vxse51-tokyo-exercise.xml')
  const first = await noroshi('ingest-jma', one, path.join(telegrams, 'vxse53-tokyo.xml'))
  assert.deepEqual([first.code, first.said.match(/^taken in/gm)?.length], [0, 2], first.said)
  const again = await noroshi('ingest-jma', one)
  assert.equal(again.code, 0)
  assert.match(again.said, /^known .*vxse51-tokyo-exercise\.xml: VXSE51 .*exercise/)
})

test(
  'broken telegrams are each named with their reason, and the good one among them is taken in',
  patience,
  async () => {
    const broken = readdirSync(telegrams).filter((name) => /^broken-(?!intensity).*xml$/.test(name))
    assert.ok(broken.length >= 5)
    const names = broken.map((name) => path.join(telegrams, name))
    const good = path.join(telegrams, 'vyse50-warning.xml')
    const large = file(
      'large.xml',
      readFileSync(good, 'utf8').replace('</Report>', `${' '.repeat(3_000_000)}</Report>`),
    )
    const huge = file('huge.xml', new Uint8Array(17 * 1024 * 1024))
    const strange = [...names, path.join(files, 'missing.xml'), files, large, huge, file('empty.xml', '')]
    const { code, said } = await noroshi('ingest-jma', ...strange, good)
    assert.equal(code, 1)
    for (const name of strange) {
      const line = said.split('\n').find((each) => each.startsWith(`NOT TAKEN IN  ${name}: `))
      // In both languages.
      assert.match(line ?? '', /: .*[\u3040-\u30ff].* \/ .*[a-z]/, `${name}\n${said}`)
    }
    assert.match(said, /^taken in .*vyse50-warning\.xml/m)
    assert.match(said, new RegExp(`^1 of ${strange.length + 1} files taken in\\.$`, 'm'))
    assert.doesNotMatch(said, /at .*\.js:/)
  },
)

test('a roster is imported whole or not at all', patience, async () => {
  const good = await noroshi('import-roster', roster)
  assert.equal(good.code, 0, good.said)
  assert.match(good.said, /\d+ added, \d+ changed, \d+ unchanged\n$/)
  assert.match((await noroshi('import-roster', roster)).said, / 0 added, 0 changed, \d+ unchanged\n$/)

  const lines = readFileSync(roster, 'utf8').trimEnd().split('\n')
  const bad = file('bad.csv', `${lines.slice(0, -1).join('\n')}\n${lines.at(-1)!.replace(/^[^,]*/, '??')}\n`)
  const refused = await noroshi('import-roster', bad)
  assert.equal(refused.code, 1)
  assert.match(refused.said, new RegExp(`^${bad}:.*${lines.length}`, 'm'))
  assert.match(refused.said, /何も取り込んでいません \/ Nothing was imported\n$/)
  for (const name of [files, path.join(files, 'missing.csv')]) {
    const { code, said } = await noroshi('import-roster', name)
    assert.equal(code, 1)
    assert.match(said, / \/ (This is a folder|There is no such file)/)
  }
})

test('a roster without most of the market ends nobody until their number is said', patience, async () => {
  const complete = (...words: string[]) => noroshi('import-roster', roster, '--complete', ...words)
  const asked = await complete()
  assert.equal(asked.code, 2, asked.said)
  const [, count = ''] = /--yes (\d+)/.exec(asked.said) ?? []
  assert.ok(Number(count) > 50, asked.said)
  assert.match(asked.said, new RegExp(`^${count} 件.*外れます / ${count} entries .* would leave`, 'm'))
  for (const words of [
    ['--yes', '3'],
    ['--yes', ''],
  ])
    assert.equal((await complete(...words)).code, 2)
  const untouched = await complete('--dry-run')
  assert.match(untouched.said, /institutions: [1-9]\d* leaving/)
  const meant = await complete('--yes', count)
  assert.equal(meant.code, 0, meant.said)
  assert.match((await complete()).said, /institutions: 0 leaving.*contacts: 0 leaving/)
})

test('the version is said', patience, async () => {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const { code, said } = await noroshi('--version')
  assert.deepEqual([code, said], [0, `noroshi ${version}\n`])
})

test('the first account is not opened where there is a secretariat', patience, async () => {
  const missing = await noroshi('create-account', '--name', '架空 一郎')
  assert.deepEqual([missing.code, missing.said.split('\n')[0]], [1, '--code is missing'], missing.said)
  const words = ['--code', 'ASSOC', '--institution', '架空協会', '--name', '架空 一郎', '--mail', 'first@desk.example']
  const { code, said } = await noroshi('create-account', ...words)
  assert.equal(code, 1)
  assert.match(said, /someone of the secretariat already/)
})

test('the public page is written anew after its folder was lost', patience, async () => {
  removeFolder(path.join(folder, 'public'))
  const { code, said } = await noroshi('publish')
  assert.equal(code, 0)
  assert.match(said, /^actual: publication 0 \(nothing published yet\)\n/)
  assert.ok(readFileSync(path.join(folder, 'public', 'index.html'), 'utf8').startsWith('<!DOCTYPE html>'))
})

test(
  'fault 21: verify-trail finds the trail of a running program whole, and names a line that a superuser changed',
  patience,
  async () => {
    const whole = await noroshi('verify-trail')
    assert.deepEqual([whole.code, whole.said.split('\n').at(-2)], [0, 'The trail is whole.'], whole.said)

    const client = new pg.Client({ connectionString: server.url('noroshi') })
    await client.connect()
    try {
      await client.query('alter table trail disable trigger user')
      await client.query(`update trail set who = 'nobody' where id = 1`)
    } finally {
      await client.query('alter table trail enable trigger user').finally(() => client.end())
    }
    const changed = await noroshi('verify-trail')
    assert.equal(changed.code, 1)
    assert.match(changed.said, /^FAULT {2}line 1 was changed\n[\s\S]*The trail is NOT whole\.\n$/)
  },
)

test('a file of the file drop is checked, and its key is given, without a database', patience, async () => {
  const secret = readFileSync(path.join(folder, 'secret'), 'utf8')
  const drop = newFolder()
  await openFileDropChannel({ config: { secret, file_drop: drop } }).send(testMessage({ address: 'SEC-001' }))
  const [name = ''] = readdirSync(drop)
  const whole = await noroshi('verify-drop', path.join(drop, name))
  assert.deepEqual([whole.code, /-----BEGIN PUBLIC KEY-----/.test(whole.said)], [0, true], whole.said)
  const changed = file(name, readFileSync(path.join(drop, name), 'utf8').replace('売買停止', '売買再開'))
  const { code, said } = await noroshi('verify-drop', changed)
  assert.equal(code, 1)
  assert.match(said, /NOT as it was written/)
  assert.equal((await noroshi('verify-drop')).code, 0)
  removeFolder(drop)
})

for (const words of [['verify-drop'], ['verify-pack', 'a.pdf']])
  test(
    `${words[0]} in a folder without a secret makes none, gives no key, and says what to set`,
    patience,
    async () => {
      const empty = newFolder()
      writeFileSync(path.join(empty, 'a.pdf'), 'nothing')
      const { code, said } = await command([words[0] ?? '', ...words.slice(1).map((name) => path.join(empty, name))], {
        NOROSHI_DATA: empty,
      })
      assert.equal(code, 2, said)
      assert.match(said, /There is no secret in .*Set NOROSHI_SECRET and NOROSHI_DATA as the service has them/)
      assert.doesNotMatch(said, /PUBLIC KEY|at .*\.js:/)
      assert.deepEqual(readdirSync(empty), ['a.pdf'])
      removeFolder(empty)
    },
  )

test('what is set up wrongly is named before anything is started', patience, async () => {
  const other = newFolder()
  copyFileSync(roster, path.join(other, 'roster.csv'))
  for (const [environment, words] of [
    [{ PORT: 'eighty' }, /PORT/],
    [
      { NOROSHI_MODE: 'production' },
      /PUBLIC_ORIGIN is not set.*\n.*NOROSHI_SECRET is not set.*\n.*SMTP_URL is not set/,
    ],
    [{ DATABASE_URL: 'mysql://localhost/x' }, /DATABASE_URL/],
    [{ NOROSHI_TYPO: 'x' }, /NOROSHI_TYPO is no setting/],
  ] as const) {
    const { code, said } = await command(['serve'], { NOROSHI_DATA: other, ...environment })
    assert.equal(code, 1)
    assert.match(said, /^Noroshi cannot start:\n/)
    assert.match(said, words)
    assert.doesNotMatch(said, /at .*\.js:/)
  }
  assert.deepEqual(readdirSync(other), ['roster.csv'])
  removeFolder(other)
})
