import { z } from 'zod'
import type { FunctionCode, InstitutionKind, Market, Membership } from '#ground/db/tables.ts'
import type { Problems } from '#ground/html/forms.tsx'
import type { Language } from '#ground/html/language.ts'
import { areaByCode } from '#ground/market/areas.ts'
import { functionCodes, markets } from '#ground/market/words.ts'
import { may, mayIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { hasLeiForm, hasMicForm } from './codes.ts'
import { formMessages, type Messages } from './form-messages.ts'
import { isUsuallyAsked, membershipProblem, memberships, usualMembership } from './membership.ts'
import { kinds } from './words.ts'

export const siteKinds = ['head_office', 'data_centre', 'backup_data_centre', 'alternate_office', 'branch'] as const
export type SiteForm = { id: string | null; kind: (typeof siteKinds)[number]; address: string; area_code: string }

/** Everything that can be changed of an institution by hand. */
export type Edited = {
  kind: InstitutionKind
  name_ja: string
  name_en: string
  reading: string
  lei: string | null
  mic: string | null
  parent_code: string | null
  membership: Membership
  district_code: string | null
  registration_kind: string
  registration_number: string
  supervisor_code: string | null
  is_asked: boolean
  active_from: string
  active_to: string | null
  markets: Market[]
  functions: FunctionCode[]
  sites: SiteForm[]
}
export type EditField = keyof Edited

const everyField = [
  'kind',
  'name_ja',
  'name_en',
  'reading',
  'lei',
  'mic',
  'parent_code',
  'membership',
  'district_code',
  'registration_kind',
  'registration_number',
  'supervisor_code',
  'is_asked',
  'active_from',
  'active_to',
  'markets',
  'functions',
  'sites',
] as const satisfies readonly EditField[]
/** What the people of an institution may change themselves; the rest is the association's to say. */
const ownFields: readonly EditField[] = ['name_en', 'reading', 'sites']

/** The fields of this institution that this person may change; what a form says of others is not even read. */
export const fieldsOf = (by: Person, institution_id: string): readonly EditField[] =>
  may(by, 'institution.edit') ? everyField : mayIn(by, 'institution.edit', institution_id) ? ownFields : []

/** Kinds that run no function of the market themselves. */
const may_be_idle: readonly InstitutionKind[] = ['association', 'regulator', 'central_bank']
const sites_max = 30
/** A form that was opened before the registry knew of these says nothing of them: what is known stays. */
const laterFields: readonly EditField[] = [
  'membership',
  'district_code',
  'registration_kind',
  'registration_number',
  'supervisor_code',
  'is_asked',
]
/** Left open in the form of a new one, these follow from the kind. */
const byKind: readonly EditField[] = ['membership', 'is_asked']

/** Reads the fields that may be changed; the others stay as they are. Every problem by the name of its field. */
export function readForm(
  language: Language,
  fields: readonly EditField[],
  before: Edited,
  values: Record<string, string>,
  lists: Record<string, string[]>,
): { edited: Edited; problems: Problems } {
  const say = formMessages[language]
  const problems: Problems = {}
  const edited: Edited = { ...before }
  const schemas = schemasOf(say)
  for (const field of fields) {
    if (field === 'sites') {
      const read = readSites(say, values)
      Object.assign(problems, read.problems)
      edited.sites = read.sites
      continue
    }
    if (laterFields.includes(field) && values[field] === undefined) continue
    if (byKind.includes(field) && values[field] === '') continue
    const raw = field === 'markets' || field === 'functions' ? (lists[field] ?? []) : (values[field] ?? '')
    const read = (schemas[field] as z.ZodType).safeParse(raw)
    if (read.success) Object.assign(edited, { [field]: read.data })
    else problems[field] = read.error.issues[0]!.message
  }
  for (const field of ['markets', 'functions'] as const)
    if (fields.includes(field) && edited[field].length === 0 && !may_be_idle.includes(edited.kind))
      problems[field] ??= say.none_chosen
  // Nobody said it of the new kind: it follows from that.
  if (fields.includes('kind') && edited.kind !== before.kind) {
    if (!values.membership) edited.membership = usualMembership(edited.kind)
    if (!values.is_asked) edited.is_asked = isUsuallyAsked(edited.kind)
  }
  const contradiction = fields.includes('membership') && membershipProblem(language, edited.kind, edited.membership)
  if (contradiction && !problems.kind) problems.membership ??= contradiction
  if (edited.active_to && edited.active_to < edited.active_from) problems.active_to ??= say.dates_order
  return { edited, problems }
}

const printable = /^[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\ufffd]*$/u

function schemasOf(say: Messages) {
  const text = (min: number, max: number, message: string) =>
    z
      .string()
      .transform((written) => written.normalize('NFC').trim())
      .pipe(z.string().min(min, message).max(max, message).regex(printable, message))
  const code = z.string().transform((written) => written.normalize('NFKC').trim().toUpperCase())
  const empty = z.literal('').transform(() => null)
  const day = z.iso.date(say.date).refine((date) => date >= '1800' && date < '2200', say.date)
  const known = <T extends string>(of: readonly T[]) =>
    z.array(z.string()).transform((chosen) => of.filter((one) => chosen.includes(one)))
  return {
    kind: z.enum(kinds, say.kind),
    name_ja: text(1, 100, say.name_ja),
    name_en: text(1, 100, say.name_en),
    reading: z
      .string()
      .transform((written) => written.normalize('NFKC').trim())
      .pipe(
        z
          .string()
          .max(200, say.reading)
          .regex(/^[\p{Script=Hiragana}\p{Script=Katakana}ー・ 0-9A-Za-z.,&'()-]*$/u, say.reading),
      ),
    lei: code.pipe(z.union([empty, z.string().refine(hasLeiForm, say.lei)], say.lei)),
    mic: code.pipe(z.union([empty, z.string().refine(hasMicForm, say.mic)], say.mic)),
    parent_code: code.pipe(z.union([empty, z.string().regex(/^[0-9A-Z-]{2,20}$/, say.parent)], say.parent)),
    membership: z.enum(memberships, say.membership),
    district_code: code.pipe(z.union([empty, z.string().regex(/^[0-9A-Z-]{2,20}$/, say.district)], say.district)),
    registration_kind: text(0, 100, say.registration),
    registration_number: text(0, 100, say.registration),
    supervisor_code: code.pipe(z.union([empty, z.string().regex(/^[0-9A-Z-]{2,20}$/, say.supervisor)], say.supervisor)),
    is_asked: z.enum(['yes', 'no'], say.is_asked).transform((said) => said === 'yes'),
    active_from: day,
    active_to: z.union([empty, day], say.date),
    markets: known<Market>(markets),
    functions: known<FunctionCode>(functionCodes),
  }
}

/** The rows of sites: a ticked one goes, an empty one is none, and one of them is a head office. */
function readSites(say: Messages, values: Record<string, string>): { sites: SiteForm[]; problems: Problems } {
  const problems: Problems = {}
  const sites: SiteForm[] = []
  for (let row = 0; row < sites_max; row++) {
    const [kind, written, area_code] = ['kind', 'address', 'area'].map((part) => values[`site_${row}_${part}`] ?? '')
    const address = written!.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
    if (values[`site_${row}_remove`] || (address === '' && !values[`site_${row}_id`])) continue
    const known = siteKinds.find((one) => one === kind)
    if (!known) problems[`site_${row}_kind`] = say.site_kind
    if (address === '' || address.length > 200 || !printable.test(address))
      problems[`site_${row}_address`] = say.site_address
    if (!areaByCode.has(area_code!)) problems[`site_${row}_area`] = say.site_area
    if (sites.some((site) => site.kind === known && site.address === address))
      problems[`site_${row}_address`] = say.site_twice
    if (known) sites.push({ id: values[`site_${row}_id`] || null, kind: known, address, area_code: area_code! })
  }
  if (!sites.some(({ kind }) => kind === 'head_office')) problems.site_0_kind ??= say.head_office
  return { sites, problems }
}

/** The code of a new institution, which it keeps. */
export const readCode = (language: Language, written: string): { code: string } | { problem: string } => {
  const code = written.normalize('NFKC').trim().toUpperCase()
  return /^[0-9A-Z-]{2,20}$/.test(code) ? { code } : { problem: formMessages[language].code }
}
