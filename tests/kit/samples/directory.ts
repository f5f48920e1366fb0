import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { root } from '#ground/config/root.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { idIn } from '../pages.ts'
import { sameOrigin } from '../site.ts'
import type { FirmSample, MarketSample } from './making.ts'

/** The first mail of the call tree, which the demo market has. */
export const anAddress: FirmSample = async ({ site }, { person }) => {
  const { id } = await site.db
    .selectFrom('contact_address')
    .where('institution_id', '=', person.institution_id)
    .where('means', '=', 'mail')
    .where('removed_at', 'is', null)
    .select('id')
    .orderBy('address')
    .limit(1)
    .executeTakeFirstOrThrow()
  return id
}
/** The contact who has that mail. */
export const aContact: FirmSample = async (make, firm) => {
  const { contact_id } = await make.site.db
    .selectFrom('contact_address')
    .where('id', '=', await make.of(firm, 'contact_address'))
    .select('contact_id')
    .executeTakeFirstOrThrow()
  return contact_id
}
export const anAddressCode: FirmSample = async (make, firm) => {
  const id = crypto.randomUUID()
  await make.site.db
    .insertInto('address_code')
    .values({
      ...{ id, contact_address_id: await make.of(firm, 'contact_address'), code_hash: Buffer.from('x') },
      ...{ institution_id: firm.person.institution_id, sent_by: firm.person.id },
      ...{ sent_at: make.at, expires_at: make.at },
    })
    .execute()
  return id
}
export const anAddressTest: MarketSample = ({ desk, send }) => send(desk.client, '/contacts/tests', { scope: 'all' })

export const aBounce: MarketSample = async ({ site, at }) => {
  const { id } = await site.db
    .insertInto('bounce')
    .values({ recipient: 'x@firm.example', finding: 'unknown', received_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** With the exchange that no role of the demo market is of. */
export const anExchange: FirmSample = async ({ site, send }, { client }) => {
  const { id } = await site.db
    .selectFrom('institution')
    .where('code', '=', 'EXC-2')
    .select('id')
    .executeTakeFirstOrThrow()
  return send(client, '/exchange', { institution_id: id, reason: '緊急時に直接連絡するため' })
}

export const anAttestation: MarketSample = ({ desk, at, send }) =>
  send(desk.client, '/attestations', {
    text_ja: '確かめてください',
    text_en: 'Please check',
    answer_by: toCivilInput(new Date(at.getTime() + 86_400_000)),
  })
export const anAttestationAsked: FirmSample = async ({ one }) => one('attestation')
export const attestationLetters: MarketSample = async ({ site, one, at }) => {
  const attestation_id = await one('attestation')
  const { id } = await site.db
    .insertInto('attestation_letters')
    .values({ attestation_id, step: 'hand', institutions: 1, letters: 1, queued_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** docs/roster-sample.csv, uploaded and not yet applied. */
export const aRosterUpload: MarketSample = async ({ desk }) => {
  const form = new FormData()
  form.set('roster', new File([await readFile(new URL('docs/roster-sample.csv', root))], 'a.csv'))
  const answer = await desk.client.send('POST', '/roster/import', form, sameOrigin)
  assert.equal(answer.status, 303)
  return idIn(answer.headers.get('location') ?? '')
}
