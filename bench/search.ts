import { sql } from 'kysely'
import pg from 'pg'
import { Sought } from '#directory/search/query.ts'
import { searchContacts, searchInstitutions } from '#directory/search/search.ts'
import { type Access, connection, type Database } from '#ground/db/database.ts'
import { firstPage } from '#ground/lists/wanted.ts'
import { Visitor } from '#simulate/index.ts'
import { withMarket } from '#simulate/market.ts'
import { ask, openPeer, personOf, statementsOf } from './peer.ts'
import { type Figure, inTurn, ratio, timed } from './ratio.ts'

const institutions = 500
const contacts = 10_000
const runs = { runs: 140, warm_ups: 14 }
const limit = 5
const queries_limit = 2
const searches: Record<string, string>[] = [
  { q: '' },
  { q: '朝露' },
  { q: '架空 証券' },
  { q: '9999' },
  { q: 'bcp@sokyu.example' },
  { reachable: 'now', kind: 'securities_firm' },
  { q: 'どこにもいない' },
]

/**
 * The search of a directory of 10,000 contacts, like with like: the page that a browser gets against the page of one institution,
 * and what the database is asked for it against reading once through the directory, both by a bare client.
 */
export const search = (): Promise<Figure[]> =>
  withMarket({ institutions }, async ({ origin, tools: { db, clock }, store }) => {
    await fill(db)
    await analyze(store.owner)
    const figures: Figure[] = []
    for (const [who, email] of [
      ['secretariat', 'desk@assoc.example'],
      ['institution', 'bcp@sokyu.example'],
    ] as const) {
      const reader = await personOf(db, email)
      const visitor = new Visitor(origin)
      await visitor.signIn(email, 'noroshi-demo-2026')
      const opened = (address: string) =>
        timed(async () => {
          const { code } = await visitor.get(address)
          if (code !== 200) throw new Error(`${address} answered ${code}`)
        })
      const pages = await inTurn(
        runs,
        (run) => opened(`/directory?${new URLSearchParams(searches.at(run % searches.length))}`),
        () => opened(`/institutions/${reader.institution_id}`),
      )
      figures.push(
        ratio(
          {
            name: `search of ${contacts.toLocaleString('en')} contacts, ${who}: page`,
            peer: 'page of one institution',
            limit,
          },
          pages,
        ),
      )

      const statements = await Promise.all(
        searches.map((asked) =>
          statementsOf(store.app, async (db) => {
            const sought = Sought.parse(asked)
            await searchContacts(db, reader, sought, { at: clock(), wanted: firstPage, per_page: 20 })
            await searchInstitutions(db, sought, 8)
          }),
        ),
      )
      // Under row-level security no index finds a part of a word: a search reads through the directory.
      const through = [
        { text: 'select count(*) from contact where removed_at is null and strpos(sought, $1) > 0', values: ['架空'] },
        {
          text: 'select count(*) from contact_address where removed_at is null and strpos(sought, $1) > 0',
          values: ['99'],
        },
      ]
      const peer = await openPeer(store.app, reader)
      const queries = await inTurn(
        runs,
        (run) => timed(() => ask(peer, statements.at(run % searches.length)!)),
        () => timed(() => ask(peer, through)),
      ).finally(() => peer.end())
      figures.push(
        ratio(
          {
            name: `search of ${contacts.toLocaleString('en')} contacts, ${who}: queries`,
            peer: 'reading once through contacts and addresses',
            limit: queries_limit,
          },
          queries,
        ),
      )
    }
    return figures
  })

/** More invented people for the institutions that are there, each with a mail and two numbers. */
async function fill(db: Database) {
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into contact (institution_id, rank, name_ja, name_en, reading, title)
      select institution_id, 2 + n, '架空 ' || n || '号', 'Fictional ' || n, 'カクウ ' || n, '担当'
      from (select id as institution_id, row_number() over (order by code) as i from institution) as firm,
        generate_series(1, ${contacts / institutions - 2}::int) as n`.execute(tx)
    await sql`
      insert into contact_address (contact_id, institution_id, means, address, look, rank)
      select contact.id, contact.institution_id, means,
        case means when 'mail' then contact.id || '@fill.example' else '+8190' || lpad((abs(hashtext(contact.id || means)) % 100000000)::text, 8, '0') end,
        contact.id || means, row_number() over (partition by contact.id order by means)
      from contact, unnest(array['mail', 'mobile', 'phone']) as means where contact.rank > 2`.execute(tx)
  })
}

/** What a server does by itself in its time; only who owns the tables may. */
async function analyze(owner: Access) {
  const client = new pg.Client(connection(owner))
  await client.connect()
  await client.query('analyze contact, contact_address, institution').finally(() => client.end())
}
