import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { AgreementPart } from './agreement-part.tsx'
import { fingerprints, lastDay } from './idp-metadata.ts'
import { addressesOf } from './protocol.ts'
import type { Bound, ListedProvider } from './providers.ts'
import { texts } from './texts.ts'

type Props = {
  provider: ListedProvider
  bound: Bound[]
  origin: string
  /** The name that was typed for the removal was another. */
  is_other_name?: boolean
  /** Who set it up wanted to agree to it. */
  is_own_agreement?: boolean
}

/** One provider: what the other side must know of us, what was set up, whether it answers, and what may be done with it. */
export function ProviderPage({ provider, bound, origin, is_other_name = false, is_own_agreement = false }: Props) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  const is_editor = reader !== null && may(reader, 'sso.edit')
  const { id, kind, domain, issuer, client_id, entry_point, certificates, is_active, tested_at, test_result } = provider
  const { redirect_uri, acs_url, entity_id } = addressesOf(origin, id)
  const problems: { confirm?: string } = is_other_name ? { confirm: t.confirm_wrong } : {}
  const is_unasked = kind === 'saml' && test_result === 'private'
  const is_fine = test_result === 'ok' || is_unasked
  const reason = t.problems[test_result as keyof typeof t.problems] ?? test_result
  return (
    <Layout label={labelOf.rights} title={`${domain}｜${t.title}`}>
      <h1>{domain}</h1>
      <ErrorSummary problems={problems} />
      {tested_at && (
        <Banner
          kind={is_fine ? 'success' : 'error'}
          title={is_unasked ? t.unasked : is_fine ? t.looked_fine : t.looked_bad}
        >
          <p>
            {!is_fine && <>{reason} </>}
            <Time at={tested_at} with_date />
          </p>
        </Banner>
      )}
      {is_editor && <Activation id={id} is_active={is_active} />}
      {provider.institution_kind === 'association' && (
        <AgreementPart provider={provider} is_refused={is_own_agreement} />
      )}

      <h2>{t.give}</h2>
      <p>{t.give_lead}</p>
      <SummaryList
        items={
          kind === 'oidc'
            ? [{ term: t.redirect_uri, value: redirect_uri }]
            : [
                { term: t.acs_url, value: acs_url },
                { term: t.entity_id, value: entity_id },
                { term: t.our_metadata, value: <a href={entity_id}>{t.download}</a> },
              ]
        }
      />
      <Details summary={t.needs} id="needs">
        <p>{kind === 'oidc' ? t.needs_oidc : t.needs_saml}</p>
      </Details>

      <h2>{t.settings}</h2>
      <SummaryList
        items={[
          { term: t.institution, value: named(language, provider) },
          { term: t.kind, value: t.kinds[kind] },
          { term: t.state, value: is_active ? t.active : t.inactive },
          { term: t.issuer[kind], value: issuer },
          ...(client_id ? [{ term: t.client_id, value: client_id }] : []),
          ...(entry_point
            ? [
                { term: t.entry_point, value: entry_point },
                { term: t.certificate_until, value: t.day(lastDay(certificates)) },
                { term: t.fingerprint, value: fingerprints(certificates).join(' / ') },
              ]
            : []),
        ]}
      />
      {is_editor && (
        <>
          <Form action={`/sso/${id}/test`}>
            <Button kind="outline">{t.look}</Button>
          </Form>
          {bound.length > 0 && <BoundPeople id={id} bound={bound} />}
          <Removal id={id} domain={domain} problem={problems.confirm} />
          <p>
            <a href="/sso">{t.back}</a>
          </p>
        </>
      )}
    </Layout>
  )
}

function Activation({ id, is_active }: { id: string; is_active: boolean }) {
  const t = useTexts(texts)
  return (
    <>
      <p>{is_active ? t.deactivate_lead : t.activate_lead}</p>
      <Form action={`/sso/${id}/activation`}>
        <HiddenFields fields={{ is_active: is_active ? 'no' : 'yes' }} />
        <Button kind={is_active ? 'outline' : 'solid-fill'}>{is_active ? t.deactivate : t.activate}</Button>
      </Form>
    </>
  )
}

function Removal({ id, domain, problem }: { id: string; domain: string; problem: string | undefined }) {
  const t = useTexts(texts)
  return (
    <>
      <h2>{t.remove}</h2>
      <p>{t.remove_lead}</p>
      <Form action={`/sso/${id}/removal`}>
        <TextInput name="confirm" label={t.confirm(domain)} problem={problem} autoComplete="off" required />
        <Button kind="outline" danger>
          {t.remove}
        </Button>
      </Form>
    </>
  )
}

function BoundPeople({ id, bound }: { id: string; bound: Bound[] }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <>
      <h2>{t.bound}</h2>
      <p>{t.release_lead}</p>
      <DataTable
        caption={t.bound}
        rows={bound}
        rowKey={({ person_id }) => person_id}
        columns={[
          { head: t.person, cell: (person) => named(language, person) },
          { head: t.bound_at, cell: ({ bound_at }) => <Time at={bound_at} with_date /> },
          {
            head: t.release,
            cell: ({ person_id, ...person }) => (
              <Form action={`/sso/${id}/release`}>
                <HiddenFields fields={{ person_id }} />
                <Button kind="outline" size="md">
                  {t.release}
                  <span className="dads-visually-hidden"> {named(language, person)}</span>
                </Button>
              </Form>
            ),
          },
        ]}
      />
    </>
  )
}
