import type { Tx } from '#ground/db/database.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth, type Language } from '#ground/html/language.ts'
import { mustIn, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { addContacts } from './add-contacts.ts'
import { mailProblems } from './check-mails.ts'
import type { ContactForm } from './contact-form.ts'
import { lockContacts } from './lock-contacts.ts'
import { type ContactView, readContacts } from './queries.ts'
import { writeAddresses } from './write-addresses.ts'

/** People whom one institution can enter. */
export const contacts_max = 30

const messages = inBoth({
  ja: {
    called_by: '連絡を受ける相手を、この機関の連絡先から選び直してください',
    cycle: 'この人へ連絡が回っていく人は選べません（連絡が輪になります）',
    full: `連絡先は一つの機関につき${contacts_max}人までです`,
  },
  en: {
    called_by: 'Choose a contact of this institution',
    cycle: 'This person passes the call on to them: the calls would go round in a circle',
    full: `An institution has at most ${contacts_max} contacts`,
  },
})

/** `changed`: somebody else has changed the entry since this form was opened, and nothing was written. */
export type Saved = { id: string } | { problems: Problems } | { changed: ContactView }

/**
 * Adds a contact to an institution's call tree, or changes it: all of the form, or nothing. An address that stays as it is
 * keeps what is known of it; any other is new, and not yet verified. Adding one of the same id again adds nobody.
 */
export async function saveContact(
  { db, whole, clock }: Pick<Tools, 'db' | 'whole' | 'clock'>,
  by: Person,
  { institution_id, contact_id, is_new }: { institution_id: string; contact_id: string; is_new: boolean },
  form: ContactForm,
  language: Language,
): Promise<Saved> {
  mustIn(by, 'contact.edit', institution_id)
  const at = clock()
  const look_twice = () => mailProblems(whole, by, { contact_id, addresses: form.addresses }, language)
  const problems = await look_twice()
  if (Object.keys(problems).length > 0) return { problems }

  const saving = db.transaction().execute(async (tx): Promise<Saved> => {
    await lockContacts(tx, institution_id)
    const contacts = await readContacts(tx, institution_id)
    const known = contacts.find(({ id }) => id === contact_id)
    if (is_new && known) return { id: known.id }
    if (!is_new && !known) throw new NotFound(`contact ${contact_id}`)
    if (known && known.version !== form.version) return { changed: known }
    const say = messages[language]
    if (!known && contacts.length >= contacts_max) return { problems: { name_ja: say.full } }
    const wrong = wrongCaller(contacts, contact_id, form.called_by)
    if (wrong) return { problems: { called_by: say[wrong] } }

    const person_id = (await accountOf(tx, institution_id, form)) ?? known?.person_id ?? null
    const { addresses, version: _, ...fields } = form
    // Who changes their own institution's entry has looked at it.
    const seen = by.institution_id === institution_id ? { confirmed_at: at, confirmed_by: by.id } : {}
    const about = `/institutions/${institution_id}/contacts`
    if (!known) {
      const rank = Math.max(0, ...contacts.map(({ rank }) => rank)) + 1
      const entry = { id: contact_id, ...fields, ...seen, institution_id, person_id, rank, changed_at: at }
      await addContacts(tx, [{ ...entry, addresses: addresses.map(asNew) }])
      await record(tx, by, at, {
        action: 'contact.added',
        about,
        details: { contact_id, institution_id, means: addresses.map(({ means }) => means) },
      })
      return { id: contact_id }
    }

    const changed = changedFields(fields, known)
    const written = await writeAddresses(tx, known, addresses, at)
    if (changed.length === 0 && !written) return { id: known.id }
    await tx
      .updateTable('contact')
      .set({ ...fields, ...seen, person_id, changed_at: at, version: known.version + 1 })
      .where('id', '=', known.id)
      .execute()
    await record(tx, by, at, {
      action: 'contact.changed',
      about,
      // What they are is personal, and the trail is kept for good: it names what changed, not to what.
      details: { contact_id: known.id, institution_id, fields: changed, addresses: written },
    })
    return { id: known.id }
  })
  return saving.catch(async (error: { code?: string }) => {
    // Of what a contact leads to only the institution is not looked up above.
    if (error.code === '23503') throw new NotFound(`institution ${institution_id}`)
    // Somebody took one of the mails between our look and our write.
    const taken = error.code === '23505' ? await look_twice() : {}
    if (Object.keys(taken).length === 0) throw error
    return { problems: taken }
  })
}

const asNew = ({ means, address, extension, is_role_mailbox, person_behind }: ContactForm['addresses'][number]) => ({
  means,
  address,
  extension,
  is_role_mailbox,
  person_behind,
})

const changedFields = (fields: Omit<ContactForm, 'addresses' | 'version'>, known: ContactView) =>
  (Object.keys(fields) as (keyof typeof fields)[]).filter(
    (name) => JSON.stringify(fields[name]) !== JSON.stringify(known[name]),
  )

/** Calls are passed on within an institution, and never round in a circle. */
function wrongCaller(contacts: readonly ContactView[], contact_id: string, called_by: string | null) {
  const callerOf = new Map(contacts.map(({ id, called_by }) => [id, called_by]))
  if (called_by !== null && !callerOf.has(called_by)) return 'called_by'
  for (let caller = called_by, steps = 0; caller && steps <= contacts.length; steps++) {
    if (caller === contact_id) return 'cycle'
    caller = callerOf.get(caller) ?? null
  }
  return undefined
}

/** The account of the same institution that signs in with one of the mails. */
async function accountOf(tx: Tx, institution_id: string, { addresses }: ContactForm): Promise<string | undefined> {
  const mails = addresses.filter(({ means }) => means === 'mail').map(({ address }) => address)
  if (mails.length === 0) return undefined
  const account = await tx
    .selectFrom('person')
    .where('institution_id', '=', institution_id)
    .where('email', 'in', mails)
    .where('left_at', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return account?.id
}
