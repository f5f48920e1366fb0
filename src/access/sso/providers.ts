import { expressionBuilder, sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { unseal } from '#ground/tools/seal.ts'

type Common = {
  id: string
  institution_id: string
  domain: string
  issuer: string
  is_desk: boolean
  is_active: boolean
}

/** A provider with all that a sign-in needs. `is_desk`: it is the association's, whose people run the market's desk. */
export type ProviderInUse = Common &
  (
    | { kind: 'oidc'; client_id: string; client_secret: string }
    | { kind: 'saml'; entry_point: string; certificates: string[] }
  )

/** A provider that was not removed, with its secret; undefined when there is none. For sign-in, where nobody is a reader yet. */
export async function readProviderInUse(
  whole: Database,
  secret: string,
  id: string,
): Promise<ProviderInUse | undefined> {
  const row = await whole
    .selectFrom('sso_provider as provider')
    .innerJoin('institution', 'institution.id', 'provider.institution_id')
    .leftJoin('sso_secret', 'sso_secret.provider_id', 'provider.id')
    .where('provider.id', '=', id)
    .where('provider.removed_at', 'is', null)
    .selectAll('provider')
    .select(['institution.kind as institution_kind', 'sso_secret.sealed'])
    .executeTakeFirst()
  if (!row) return undefined
  const { institution_id, domain, issuer, is_active, client_id, entry_point, certificates, sealed } = row
  const common = { id, institution_id, domain, issuer, is_active, is_desk: row.institution_kind === 'association' }
  if (row.kind === 'saml') return { ...common, kind: 'saml', entry_point: entry_point ?? '', certificates }
  if (!client_id || !sealed) throw new Error(`provider ${id} has lost its secret`)
  return { ...common, kind: 'oidc', client_id, client_secret: unseal(secret, id, sealed) }
}

/** The provider to which people with a mail address of this domain go. Exactly this domain: no part of it, none above it. */
export const findProvider = (whole: Database, domain: string) =>
  whole
    .selectFrom('sso_provider')
    .where('domain', '=', domain)
    .where('is_active', '=', true)
    .where('removed_at', 'is', null)
    .select('id')
    .executeTakeFirst()

/** Who of the desk agreed to the settings of `provider` as they are: never who set it up. */
export const agreementOf = () =>
  expressionBuilder<Tables & { provider: Tables['sso_provider'] }, 'provider'>()
    .selectFrom('sso_agreement')
    .whereRef('sso_agreement.provider_id', '=', 'provider.id')
    .whereRef('sso_agreement.agreed_by', '!=', 'provider.created_by')
    .where('sso_agreement.settings', '=', sql<string>`sso_settings(provider)`)
    .select(['sso_agreement.agreed_by', 'sso_agreement.agreed_at'])

const listed = (db: Database, by: Person) => {
  must(by, 'sso.agree')
  return db
    .selectFrom('sso_provider as provider')
    .innerJoin('institution', 'institution.id', 'provider.institution_id')
    .innerJoin('person as adder', 'adder.id', 'provider.created_by')
    .leftJoinLateral(agreementOf().as('agreement'), (join) => join.onTrue())
    .leftJoin('person as agreer', 'agreer.id', 'agreement.agreed_by')
    .where('provider.removed_at', 'is', null)
    .selectAll('provider')
    .select(['institution.name_ja', 'institution.name_en', 'institution.kind as institution_kind'])
    .select(['adder.name_ja as adder_ja', 'adder.name_en as adder_en'])
    .select(['agreement.agreed_at', 'agreer.name_ja as agreer_ja', 'agreer.name_en as agreer_en'])
    .select((sub) =>
      sub
        .selectFrom('sso_subject')
        .whereRef('sso_subject.provider_id', '=', 'provider.id')
        .select(sql<number>`count(*)::int`.as('count'))
        .as('bound'),
    )
}

/** Every provider that is set up, by institution; never with its secret. */
export function listProviders(db: Database, by: Person) {
  must(by, 'sso.edit')
  return listed(db, by).orderBy('institution.code').orderBy('provider.domain').execute()
}

/** One of them, for who edits it and who agrees to it. */
export async function readProvider(db: Database, by: Person, id: string) {
  const provider = await listed(db, by).where('provider.id', '=', id).executeTakeFirst()
  if (!provider) throw new NotFound(`provider ${id}`)
  return provider
}

export type ListedProvider = Awaited<ReturnType<typeof readProvider>>

/** Who has signed in through this provider, and so is bound to an account there. */
export function boundPeople(db: Database, by: Person, provider_id: string) {
  must(by, 'sso.edit')
  return db
    .selectFrom('sso_subject')
    .innerJoin('person', 'person.id', 'sso_subject.person_id')
    .where('provider_id', '=', provider_id)
    .select(['person_id', 'bound_at', 'person.name_ja', 'person.name_en'])
    .orderBy('bound_at')
    .execute()
}
export type Bound = Awaited<ReturnType<typeof boundPeople>>[number]

/** Institutions that a provider may be set up for. */
export const institutionsToChoose = (db: Database) =>
  db.selectFrom('institution').select(['id', 'name_ja', 'name_en']).orderBy('code').execute()
