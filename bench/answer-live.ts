import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { missing_per_page, readMissing } from '#asking/rounds/missing.ts'
import { readAnswers, readAskings, readComparison, readRound } from '#asking/rounds/queries.ts'
import type { Database } from '#ground/db/database.ts'
import { Visitor } from '#simulate/index.ts'
import { withMarket } from '#simulate/market.ts'
import { openAsking, reportForm } from './asking.ts'
import { ask, bareReports, openPeer, personOf, statementsOf } from './peer.ts'
import { type Figure, inTurn, ratio, timed } from './ratio.ts'

const institutions = 500
const answers = { runs: 80, warm_ups: 10 }
const visits = { runs: 100, warm_ups: 20 }
const password = 'noroshi-demo-2026'
/** How often an open page looks again at most, by its own script. */
const pace_ms = 300

/**
 * From an institution's press to the count on the secretariat's screen, over the real server and its real stream of changes,
 * against a bare insert that is told to a bare listener, who asks what the page asks. And the page of the round by itself.
 */
export const answerLive = (): Promise<Figure[]> =>
  withMarket({ institutions }, async ({ origin, tools: { db }, store }) => {
    const { desk, situation, round, mails } = await openAsking(origin, db, answers.runs + answers.warm_ups)
    const person = await personOf(db, 'desk@assoc.example')
    const statements = await statementsOf(store.app, (db) => readPage(db, round.split('/').at(-1)!))
    const [writer, reader] = [await openPeer(store.app), await openPeer(store.app, person)]
    try {
      const screen = await openScreen(desk, round)
      let filed = 0
      const pressed = async (run: number) => {
        const contact = new Visitor(origin)
        await contact.signIn(mails[run + answers.warm_ups]!, password)
        const press = await reportForm(contact, situation)
        await screen.rested()
        return timed(() => Promise.all([press(), screen.shows(++filed)]))
      }
      const insert = bareReports(writer, person)
      await reader.query('listen bare')
      const told = () => timed(() => Promise.all([insert(), heard(reader).then(() => ask(reader, statements))]))
      const seen = await inTurn(answers, pressed, told)
      await screen.close()
      const pages = await inTurn(
        visits,
        () => timed(() => desk.get(round)),
        () => timed(() => ask(reader, statements)),
      )
      const asked = `${institutions} institutions asked`
      return [
        ratio(
          {
            name: `answer to the count on the screen, ${asked}`,
            peer: 'a bare insert, told, and the queries',
            limit: 6,
          },
          seen,
        ),
        ratio({ name: `page of a round, ${asked}`, peer: 'its queries by a bare client', limit: 3 }, pages),
      ]
    } finally {
      await writer.end()
      await reader.end()
    }
  })

/** What the page of a round reads. */
async function readPage(db: Database, id: string) {
  const round = await readRound(db, id)
  const [asking] = await readAskings(db, id, new Date())
  if (!asking || asking.asked <= missing_per_page) throw new Error('nobody was asked')
  await readAnswers(db, asking.id)
  await readComparison(db, round)
  await readMissing(db, asking, { offset: 0, limit: missing_per_page }, '', new Date())
}

const heard = (client: pg.Client) => new Promise<unknown>((resolve) => client.once('notification', resolve))

/** The secretariat's open page: listens as its script does, and looks again at most every 300 ms. */
async function openScreen(desk: Visitor, round: string) {
  const topics = /data-live="([^"]*)"/.exec((await desk.get(round)).text)?.[1]?.split(' ') ?? []
  const ended = new AbortController()
  const stream = await desk.open(`/live?${new URLSearchParams(topics.map((topic) => ['topic', topic]))}`, ended.signal)
  let wanted = Number.POSITIVE_INFINITY
  let tell = () => {}
  let is_changed = false
  let looking: Promise<void> | null = null
  const look = async () => {
    while (is_changed) {
      is_changed = false
      const { text } = await desk.get(round)
      const answered = Number(/class="dads-figures__figure">(\d+) \/ \d+/.exec(text)?.[1] ?? 0)
      if (answered >= wanted) tell()
      await wait(pace_ms)
    }
    looking = null
  }
  const listen = async () => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      if (!part.includes('event: changed')) continue
      is_changed = true
      looking ??= look()
    }
  }
  const listening = listen().catch((error: unknown) => {
    if (!ended.signal.aborted) throw error
  })
  return {
    /** Resolves when the page may look again at once. */
    async rested() {
      while (looking) await looking
    },
    /** Resolves when the screen shows so many answers. */
    shows(count: number) {
      wanted = count
      return new Promise<void>((resolve) => {
        tell = resolve
      })
    },
    async close() {
      await looking
      ended.abort()
      return listening
    },
  }
}
