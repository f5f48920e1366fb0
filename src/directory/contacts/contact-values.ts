import { randomUUID } from 'node:crypto'
import { showPhone } from '#ground/market/phone.ts'
import type { ContactView } from './queries.ts'
import { isNumber } from './words.ts'

/** One way to reach a contact, as it stands in the form. `id`: the address as the directory has it; none: a new one. */
export type RowValues = {
  id: string
  means: string
  address: string
  order: string
  is_role_mailbox: boolean
  person_behind: string
  /** The person has looked twice at an address that looks like another. */
  is_sure: boolean
}
/** What stands in the form of a contact, whether it can be taken or not. */
export type ContactValues = {
  name_ja: string
  name_en: string
  reading: string
  title: string
  duties: string[]
  hours: string[]
  first_responder: string[]
  called_by: string
  version: string
  /** Of a contact to add: their id to be, so that a second press is known to be the same. */
  key: string
  rows: RowValues[]
}

/** Ways to reach one contact that the form takes at most. */
export const rows_max = 10
const spare_rows = 2

const blank = (index: number, means = 'mobile'): RowValues => ({
  id: '',
  means,
  address: '',
  order: String(index + 1),
  is_role_mailbox: false,
  person_behind: '',
  is_sure: false,
})

/** Room for two more ways. */
const withSpare = (rows: RowValues[]): RowValues[] => [
  ...rows,
  ...Array.from({ length: Math.max(0, Math.min(spare_rows, rows_max - rows.length)) }, (_, index) =>
    blank(rows.length + index),
  ),
]

export const emptyValues = (): ContactValues => ({
  name_ja: '',
  name_en: '',
  reading: '',
  title: '',
  duties: ['bcp'],
  hours: ['business', 'night', 'holiday'],
  first_responder: [],
  called_by: '',
  version: '0',
  key: randomUUID(),
  rows: [blank(0, 'mail'), blank(1), blank(2, 'phone')],
})

/** The form as the directory has the contact. */
export const valuesOf = (contact: ContactView): ContactValues => ({
  name_ja: contact.name_ja,
  name_en: contact.name_en ?? '',
  reading: contact.reading,
  title: contact.title,
  duties: contact.duties,
  hours: contact.hours,
  first_responder: contact.first_responder,
  called_by: contact.called_by ?? '',
  version: String(contact.version),
  key: '',
  rows: withSpare(
    contact.addresses.map((row, index) => ({
      id: row.id,
      means: row.means,
      address: isNumber(row.means) ? showPhone(row) : row.address,
      order: String(index + 1),
      is_role_mailbox: row.is_role_mailbox,
      person_behind: row.person_behind,
      is_sure: false,
    })),
  ),
})

/** The form as it was sent, read with `formLists`. */
export function valuesFrom(lists: Record<string, string[]>): ContactValues {
  const one = (name: string) => lists[name]?.at(-1) ?? ''
  const sent = Array.from({ length: rows_max }, (_, index) => index).filter((index) => lists[`address_${index}`])
  return {
    name_ja: one('name_ja'),
    name_en: one('name_en'),
    reading: one('reading'),
    title: one('title'),
    duties: lists.duties ?? [],
    hours: lists.hours ?? [],
    first_responder: lists.first_responder ?? [],
    called_by: one('called_by'),
    version: one('version'),
    // A form that lost its key gets one now.
    key: isId(one('key')) ? one('key') : randomUUID(),
    rows: withSpare(
      sent.map((index) => ({
        id: one(`id_${index}`),
        means: one(`means_${index}`),
        address: one(`address_${index}`),
        order: one(`order_${index}`),
        is_role_mailbox: one(`is_role_mailbox_${index}`) !== '',
        person_behind: one(`person_behind_${index}`),
        is_sure: one(`is_sure_${index}`) !== '',
      })),
    ).slice(0, rows_max),
  }
}

export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
