import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { askForReports, fieldsOf, Visitor } from '#simulate/index.ts'
import { until } from './ratio.ts'

/** An exercise in which everyone was asked to report and every mail has gone out; and the addresses of so many who may. */
export async function openAsking(origin: string, db: Database, count: number) {
  const desk = new Visitor(origin)
  await desk.signIn('desk@assoc.example', 'noroshi-demo-2026')
  const form = fieldsOf((await desk.get('/command-centre/new')).text, '/situations')
  const opened = await desk.post('/situations', {
    ...form,
    ...{ mode: 'exercise', hazard: 'earthquake', title_ja: '計測', title_en: 'Measured', reason: 'bench' },
    criterion: '00000000-0000-4000-8000-000000000001:1',
  })
  const situation = opened.location ?? ''
  const round = await askForReports(desk, situation.split('/').at(-1) ?? '')
  await settled(db)
  const contacts = await db
    .selectFrom('contact_card as contact')
    .where('contact.rank', '=', 1)
    .where('contact.mail', 'is not', null)
    .select('contact.mail')
    .orderBy('contact.mail')
    .limit(count)
    .execute()
  if (contacts.length < count) throw new Error(`only ${contacts.length} contacts may report`)
  return { desk, situation, round, mails: contacts.map(({ mail }) => mail ?? '') }
}

/** Opens the form of a report; gives the press that files that all is normal. */
export async function reportForm(contact: Visitor, situation: string): Promise<() => Promise<void>> {
  const path = `${situation}/report`
  const fields = { ...fieldsOf((await contact.get(path)).text, path, 'all_normal'), all_normal: 'yes' }
  return async () => {
    const { code } = await contact.post(path, fields)
    if (code !== 303) throw new Error(`filing answered ${code}`)
  }
}

/** Resolves once no delivery is due or on its way. */
export const settled = (db: Database): Promise<void> =>
  until(async () => {
    const left = await db
      .selectFrom('delivery')
      .where(({ eb, or, and }) =>
        or([
          eb('state', '=', 'sending'),
          and([eb('state', '=', 'waiting'), eb('next_try_at', '<=', sql<Date>`now()`)]),
        ]),
      )
      .select('id')
      .limit(1)
      .executeTakeFirst()
    return left === undefined
  })
