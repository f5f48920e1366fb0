import type { FirmSample, MarketSample } from './making.ts'

/** A limit as it is anyway, once it was set by hand. */
export const aSetting: MarketSample = async ({ site, desk, at }) => {
  const name = 'session.confirm_minutes'
  await site.db
    .insertInto('setting')
    .values({ name, value: JSON.stringify(15), changed_by: desk.person.id, changed_at: at })
    .execute()
  return name
}
export const aLetter: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('letter')
    .values({
      ...{ address: 'x@firm.example', subject: '架空', body: '架空', about: '/home', label: 'amber', purpose: 'test' },
      ...{ message_id: '<1@noroshi.example>', queued_at: at, next_try_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
export const aReading: FirmSample = async ({ site, at }, { person: { id: person_id } }) => {
  const read = { day: '2027-01-15', about: '/board', label: 'amber' as const, times: 1 }
  await site.db
    .insertInto('reading')
    .values({ ...read, person_id, first_at: at, last_at: at })
    .execute()
  return person_id
}
