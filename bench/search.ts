import { sql } from 'kysely'
import { percentile, Visitor } from '#simulate/index.ts'
import { withMarket } from '#simulate/market.ts'
import type { Figure } from './figure.ts'

const institutions = 500
const contacts = 10_000
const visits = 200
const limit_ms = 50
const searches = [
  'q=',
  `q=${encodeURIComponent('朝露')}`,
  `q=${encodeURIComponent('架空 証券')}`,
  'q=9999',
  'q=bcp%40sokyu.example',
  'reachable=now&kind=securities_firm',
  `q=${encodeURIComponent('どこにもいない')}`,
]

/** The search of a directory of 10,000 contacts over HTTP, beside the time that one row takes by its id in the same run. */
export const searchFigure = (): Promise<Figure[]> =>
  withMarket({ institutions }, async ({ origin, tools: { db } }) => {
    await fill(db)
    const { n } = await db
      .selectFrom('contact')
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    const { id } = await db.selectFrom('contact').select('id').limit(1).executeTakeFirstOrThrow()
    const figures: Figure[] = []
    for (const [who, email] of [
      ['secretariat', 'desk@assoc.example'],
      ['institution', 'bcp@sokyu.example'],
    ] as const) {
      const visitor = new Visitor(origin)
      await visitor.signIn(email, 'noroshi-demo-2026')
      const [ours, bare]: [number[], number[]] = [[], []]
      // The first round warms up; in turn, so that a busy moment of the machine meets both.
      for (let visit = -2 * searches.length; visit < visits; visit++) {
        const address = `/directory?${searches.at(visit % searches.length)}`
        const searched = await timed(async () => {
          const { code } = await visitor.get(address)
          if (code !== 200) throw new Error(`${address} answered ${code}`)
        })
        const looked = await timed(() => db.selectFrom('contact').selectAll().where('id', '=', id).execute())
        if (visit < 0) continue
        ours.push(searched)
        bare.push(looked)
      }
      const [p95, row] = [percentile(ours, 0.95), percentile(bare, 0.95)]
      figures.push({
        name: `search of ${Number(n)} contacts by the ${who}, over HTTP, p95`,
        value: `${p95.toFixed(1)} ms (p50 ${percentile(ours, 0.5).toFixed(1)} ms; one row by id p95 ${row.toFixed(1)} ms, ratio ${(p95 / row).toFixed(1)})`,
        limit: `${limit_ms} ms`,
        isKept: p95 <= limit_ms,
      })
    }
    return figures
  })

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** More invented people for the institutions that are there, each with a mail and two numbers. */
async function fill(db: Parameters<Parameters<typeof withMarket>[1]>[0]['tools']['db']) {
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
  await sql`analyze contact, contact_address, institution`.execute(db)
}
