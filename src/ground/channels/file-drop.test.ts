import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { packKey } from '#command-centre/pack/sign-pack.ts'
import { testMessage } from '#tests/kit/messages.ts'
import { checkFile, fileDropKey, fileName, openFileDropChannel } from './file-drop.ts'

const secret = 'a secret of thirty-two characters!'
let folder: string
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'noroshi-drop-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const message = testMessage({ address: 'SEC-001', mode: 'exercise', text: '一行目\n"二行目" 🔥', link: null })
const odd = { ...message, text: '一行目\n\u007f二行目\0\ud800\u0085', delivery_id: 'odd' }
const channel = (file_drop: string | undefined) => openFileDropChannel({ config: { secret, file_drop } })
const key = fileDropKey(secret).public_key.export({ format: 'pem', type: 'spki' }).toString()

test('a message is left as one signed file, which the public key alone proves', async () => {
  const outcome = await channel(folder).send(message)
  assert.deepEqual(outcome, { kind: 'sent', answer: fileName(message), is_server_lost: false })
  assert.deepEqual(await readdir(folder), ['exercise_SEC-001_0197f4e0-0000-7000-8000-000000000001.json'])
  const content = await readFile(path.join(folder, fileName(message)), 'utf8')
  assert.ok(checkFile(content, key))
  const file = JSON.parse(content)
  assert.deepEqual(
    [
      file.message.mode,
      file.message.label,
      file.message.institution_code,
      file.message.text,
      file.signature.fingerprint,
    ],
    ['exercise', 'TLP:AMBER', 'SEC-001', message.text, fileDropKey(secret).fingerprint],
  )
  assert.equal((await stat(path.join(folder, fileName(message)))).mode & 0o007, 0)
})

test('the same delivery again writes the same file, byte for byte, also twice at once', async () => {
  const at = path.join(folder, fileName(message))
  const before = await readFile(at, 'utf8')
  const outcomes = await Promise.all([1, 2, 3].map(() => channel(folder).send(message)))
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['sent', 'sent', 'sent'],
  )
  assert.equal(await readFile(at, 'utf8'), before)
  assert.equal((await readdir(folder)).length, 1)
})

test('any change of the message is found; another key, or one of the file’s own, proves nothing', async () => {
  const content = await readFile(path.join(folder, fileName(message)), 'utf8')
  const file = JSON.parse(content)
  const forged = (change: (copy: typeof file) => void) => {
    const copy = structuredClone(file)
    change(copy)
    return JSON.stringify(copy)
  }
  for (const name of Object.keys(file.message)) {
    assert.ok(
      !checkFile(
        forged(({ message }) => (message[name] = `${message[name]}x`)),
        key,
      ),
      name,
    )
    assert.ok(
      !checkFile(
        forged(({ message }) => delete message[name]),
        key,
      ),
      name,
    )
  }
  assert.ok(
    !checkFile(
      forged(({ message }) => (message.more = 'x')),
      key,
    ),
  )
  assert.ok(
    !checkFile(
      forged(({ signature }) => (signature.value = '')),
      key,
    ),
  )
  assert.ok(!checkFile(content.slice(0, -20), key))
  assert.ok(!checkFile('', key))
  const stranger = fileDropKey('another secret of 32 characters!!')
  const theirs = await mkdtemp(path.join(os.tmpdir(), 'noroshi-drop-'))
  await openFileDropChannel({ config: { secret: 'another secret of 32 characters!!', file_drop: theirs } }).send(
    message,
  )
  const foreign = await readFile(path.join(theirs, fileName(message)), 'utf8')
  assert.ok(checkFile(foreign, stranger.public_key))
  assert.ok(!checkFile(foreign, key))
  await rm(theirs, { recursive: true })
  // The pack has a key of its own: what one signs is no proof for the other.
  assert.notEqual(packKey(secret).fingerprint, fileDropKey(secret).fingerprint)
  // White space is not the message's.
  assert.ok(checkFile(JSON.stringify(file), key))
})

test('a text of strange characters is written so that every program reads the same', async () => {
  await channel(folder).send(odd)
  const content = await readFile(path.join(folder, fileName(odd)), 'utf8')
  assert.ok(checkFile(content, key))
  assert.equal(JSON.parse(content).message.text, '一行目\n二行目\ufffd')
  await rm(path.join(folder, fileName(odd)))
})

test('whatever a code or an id holds, the file stays in its folder under a plain name, and two have two', async () => {
  const names = [
    '../../etc/passwd',
    '/etc/passwd',
    '..',
    '.',
    '',
    'a\0b',
    'a\nb',
    'a/b',
    '架空',
    'x'.repeat(500),
  ].flatMap((odd) => [fileName({ ...message, address: odd }), fileName({ ...message, delivery_id: odd })])
  for (const name of names) assert.match(name, /^exercise_[A-Za-z0-9-]+_[A-Za-z0-9-]+\.json$/)
  assert.equal(new Set(names).size, names.length)
  const outcome = await channel(folder).send({ ...message, delivery_id: '../../../outside' })
  assert.equal(outcome.kind, 'sent')
  assert.equal((await readdir(folder)).length, 2)
})

test('fault 8: a folder that is missing, or no folder, holds the message back, and is not made', async () => {
  const missing = path.join(folder, 'not-mounted')
  assert.deepEqual(
    await channel(missing)
      .send(message)
      .then(({ kind, is_server_lost }) => [kind, is_server_lost]),
    ['held', true],
  )
  await assert.rejects(stat(missing), /ENOENT/)
  await writeFile(path.join(folder, 'file'), '')
  assert.equal((await channel(path.join(folder, 'file')).send(message)).kind, 'held')
  await rm(path.join(folder, 'file'))
  assert.deepEqual(await channel(undefined).send(message), {
    kind: 'held',
    answer: 'FILE_DROP_FOLDER is not set',
    is_server_lost: true,
  })
})

test('fault 8: a disk that takes no more holds the message back, and leaves no part of it', async () => {
  const full = await mkdtemp(path.join(os.tmpdir(), 'noroshi-drop-'))
  // The system refuses the write itself, as on a full disk: no file of this process may grow beyond nothing.
  const program = `
    const { openFileDropChannel } = await import(${JSON.stringify(new URL('./file-drop.js', import.meta.url).href)})
    const config = { secret: ${JSON.stringify(secret)}, file_drop: ${JSON.stringify(full)} }
    const outcome = await openFileDropChannel({ config }).send({ ...${JSON.stringify(message)}, date: new Date() })
    process.stderr.write(JSON.stringify(outcome))`
  const { stderr } = spawnSync(
    'sh',
    ['-c', 'trap "" XFSZ; ulimit -f 0; exec "$0" --input-type=module -e "$1"', process.execPath, program],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8' },
  )
  const outcome = JSON.parse(stderr)
  assert.deepEqual([outcome.kind, outcome.is_server_lost], ['held', true], stderr)
  assert.match(outcome.answer, /EFBIG/)
  assert.deepEqual(await readdir(full), [])
  await rm(full, { recursive: true })
})
