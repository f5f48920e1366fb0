import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openEmbedded } from '#ground/db/embedded.ts'
import { fieldsOf, Visitor } from '#simulate/client.ts'
import { command, endAll, isAlive, newFolder, type Program, postmaster, removeFolder, run, until } from './program.ts'

/** How often the program is killed; more by hand, e.g. KILLS=100. */
const kills = Number(process.env.KILLS ?? 3)
const reporters = 8
const password = 'noroshi-demo-2026'

let folder: string
before(() => {
  folder = newFolder()
})
after(async () => {
  endAll()
  const pid = postmaster(folder)
  if (pid && isAlive(pid)) process.kill(pid, 'SIGINT')
  await until(() => !pid || !isAlive(pid))
  removeFolder(folder)
})

test(`kill -9 in the middle of reports, ${kills} times: none that was answered is lost, none is there twice`, {
  timeout: 180_000 + kills * 15_000,
}, async () => {
  let program: Program = run(['serve'], { NOROSHI_DATA: folder })
  const origin = await program.up()
  const { port } = new URL(origin)
  const situation = await openSituation(origin)
  const path = `${situation}/report`

  let is_over = false
  let presses = 0
  let interrupted = 0
  // Who gets no answer presses the same again, as a person does; who gets one has something new to say.
  const keepReporting = async (visitor: Visitor) => {
    const answered: string[] = []
    while (!is_over) {
      const fields = { all_normal: 'yes', idempotency_key: randomUUID() }
      for (let at: string | null = null; at === null; ) {
        const answer = await visitor.post(path, fields).catch(() => null)
        if (answer?.code === 303) at = answer.location
        else {
          assert.ok(answer === null || answer.code === 503, `${answer?.code} ${answer?.text}`)
          interrupted++
          await until(() => isReady(origin))
        }
        if (at) answered.push(at)
      }
      presses++
    }
    return answered
  }
  const reporting = Promise.all((await visitors(origin)).map(keepReporting))
  for (let kill = 0; kill < kills; kill++) {
    const wanted = presses + 20 + kill * 3
    await Promise.race([until(() => presses >= wanted), reporting])
    program.kill('SIGKILL')
    await program.ended
    program = run(['serve'], { NOROSHI_DATA: folder, PORT: port })
    await program.up()
  }
  is_over = true
  const answered = (await reporting).flat()
  assert.ok(interrupted > 0, 'some presses were interrupted')
  assert.equal(await program.stop(), 0)

  const stored = await reportsIn(situation)
  const ids = answered.map((at) => at.split('/')[2]?.replace(/\?.*/, '') ?? '')
  assert.deepEqual(
    ids.filter((id) => !stored.includes(id)),
    [],
    'lost',
  )
  assert.deepEqual([stored.length, new Set(ids).size], [answered.length, answered.length], 'twice')
  const verified = await command(['verify-trail'], { NOROSHI_DATA: folder })
  assert.match(verified.said, /The trail is whole\./)
})

const isReady = (origin: string) =>
  fetch(`${origin}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

async function openSituation(origin: string): Promise<string> {
  const desk = new Visitor(origin)
  await desk.signIn('desk@assoc.example', password)
  const opened = await desk.post('/situations', {
    ...fieldsOf((await desk.get('/command-centre/new')).text, '/situations'),
    mode: 'exercise',
    hazard: 'other',
    title_ja: '訓練',
    reason: '訓練',
    criterion: '00000000-0000-4000-8000-000000000001:1',
  })
  assert.equal(opened.code, 303, opened.text)
  return opened.location ?? ''
}

async function visitors(origin: string): Promise<Visitor[]> {
  const { text } = await new Visitor(origin).get('/sign-in')
  const mails = new Set([...text.matchAll(/name="email" value="(bcp@[^"]+)"/g)].map(([, mail = '']) => mail))
  return Promise.all(
    [...mails].slice(0, reporters).map(async (mail) => {
      const visitor = new Visitor(origin)
      await visitor.signIn(mail, password)
      return visitor
    }),
  )
}

/** The ids of all reports of a situation, read from the database that the program has left. */
async function reportsIn(situation: string): Promise<string[]> {
  const server = await openEmbedded(folder)
  const client = new pg.Client({ connectionString: server.url('noroshi') })
  try {
    await client.connect()
    const { rows } = await client.query('select id from report where situation_id = $1', [situation.split('/')[2]])
    return rows.map(({ id }) => id)
  } finally {
    await client.end()
    await server.close()
  }
}
