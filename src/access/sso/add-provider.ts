import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { seal } from '#ground/tools/seal.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { discover, isForBrowsers, type Unfit } from './discover.ts'
import { type Idp, type IdpProblem, readCertificate, readIdpMetadata } from './idp-metadata.ts'
import { tellDesk } from './tell-desk.ts'

export const ProviderForm = z.object({
  kind: z.enum(['oidc', 'saml']).catch('oidc'),
  institution_id: z.uuid({ error: 'institution' }).catch(''),
  domain: z
    .string()
    .catch('')
    .transform((text) => text.trim().toLowerCase().replace(/^@/, '')),
  issuer: z.string().trim().max(1000).catch(''),
  client_id: z.string().trim().max(500).catch(''),
  client_secret: z.string().trim().max(500).catch(''),
  metadata: z.string().catch(''),
  entry_point: z.string().trim().max(1000).catch(''),
  certificate: z.string().trim().max(20_000).catch(''),
})
export type ProviderForm = z.output<typeof ProviderForm>

/** What is wrong, by field; each is a key of the page's words. */
export type ProviderProblem = 'missing' | 'institution' | 'domain' | 'domain_taken' | 'entry_point' | Unfit | IdpProblem
export type ProviderProblems = Partial<Record<keyof ProviderForm, ProviderProblem>>

const domainShape = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * Sets up a provider of one institution, asking it at once whether the settings are right. It lets nobody in until it is
 * activated: the other side must be told our addresses first, and those follow from the id given here. The desk hears of it.
 */
export async function addProvider(
  { db, clock, config, later, origin }: Tools,
  by: Person,
  form: ProviderForm,
): Promise<{ id: string } | { problems: ProviderProblems }> {
  must(by, 'sso.edit')
  const problems: ProviderProblems = {}
  const institution = await db
    .selectFrom('institution')
    .where('id', '=', form.institution_id || randomUUID())
    .select('id')
    .executeTakeFirst()
  if (!institution) problems.institution_id = 'institution'
  if (!domainShape.test(form.domain)) problems.domain = 'domain'
  else if (await isTaken(db, form.domain)) problems.domain = 'domain_taken'
  const own = form.kind === 'oidc' ? await checkOidc(config, form) : await checkSaml(config, form)
  if ('problems' in own) Object.assign(problems, own.problems)
  if (!('values' in own) || Object.keys(problems).length > 0) return { problems }

  const id = randomUUID()
  const { kind, domain, institution_id } = form
  const at = clock()
  try {
    await db.transaction().execute(async (tx) => {
      const stamp = { created_by: by.id, created_at: at, changed_by: by.id, changed_at: at }
      await tx
        .insertInto('sso_provider')
        .values({ id, kind, domain, institution_id, ...own.values, ...stamp, tested_at: at, test_result: 'ok' })
        .execute()
      if (kind === 'oidc')
        await tx
          .insertInto('sso_secret')
          .values({ provider_id: id, sealed: seal(config.secret, id, form.client_secret) })
          .execute()
      const details = { institution_id, kind, domain, issuer: own.values.issuer }
      await record(tx, by, at, { action: 'sso.added', about: `/sso/${id}`, details })
      await tellDesk(tx, { config, later, origin }, by, at, { id, what: 'added' })
    })
  } catch (error) {
    // Somebody else took the domain at the same time.
    if ((error as { code?: string }).code === '23505') return { problems: { domain: 'domain_taken' } }
    throw error
  }
  return { id }
}

const isTaken = async (db: Tools['db'], domain: string) =>
  (await db
    .selectFrom('sso_provider')
    .where('domain', '=', domain)
    .where('removed_at', 'is', null)
    .select('id')
    .executeTakeFirst()) !== undefined

type Checked = { values: { issuer: string; client_id: string | null } & Partial<Idp> } | { problems: ProviderProblems }

async function checkOidc(config: Tools['config'], form: ProviderForm): Promise<Checked> {
  const problems: ProviderProblems = {}
  for (const name of ['issuer', 'client_id', 'client_secret'] as const) if (!form[name]) problems[name] = 'missing'
  if (problems.issuer) return { problems }
  const found = await discover(config, form.issuer)
  if ('failed' in found) problems.issuer = found.failed
  return Object.keys(problems).length > 0
    ? { problems }
    : { values: { issuer: form.issuer, client_id: form.client_id } }
}

async function checkSaml(config: Tools['config'], form: ProviderForm): Promise<Checked> {
  const idp = form.metadata ? readIdpMetadata(form.metadata) : readTyped(form)
  if ('failed' in idp) return { problems: { metadata: idp.failed } }
  if ('problems' in idp) return idp
  if (!isForBrowsers(config, idp.entry_point))
    return { problems: { [form.metadata ? 'metadata' : 'entry_point']: 'entry_point' } }
  return { values: { ...idp, client_id: null } }
}

function readTyped(form: ProviderForm): Idp | { problems: ProviderProblems } {
  const problems: ProviderProblems = {}
  for (const name of ['issuer', 'entry_point', 'certificate'] as const) if (!form[name]) problems[name] = 'missing'
  const pems = form.certificate.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [
    form.certificate,
  ]
  const certificates = pems.map(readCertificate)
  if (form.certificate && !certificates.every((each) => each !== undefined)) problems.certificate = 'certificate'
  if (Object.keys(problems).length > 0) return { problems }
  return {
    issuer: form.issuer,
    entry_point: form.entry_point,
    certificates: certificates.filter((each) => each !== undefined),
  }
}
