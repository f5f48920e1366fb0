import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { ListedProvider } from './providers.ts'
import { texts } from './texts.ts'

/** Every provider that is set up, and where to add one. */
export function ProvidersPage({ providers }: { providers: ListedProvider[] }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Layout label={labelOf.rights} title={t.title} live="/sso">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <Buttons>
        <ButtonLink href="/sso/new?kind=oidc" kind="solid-fill">
          {t.add_oidc}
        </ButtonLink>
        <ButtonLink href="/sso/new?kind=saml">{t.add_saml}</ButtonLink>
      </Buttons>
      <DataTable
        caption={t.title}
        rows={providers}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          { head: t.domain, cell: ({ id, domain }) => <a href={`/sso/${id}`}>{domain}</a> },
          { head: t.institution, cell: (provider) => named(language, provider) },
          { head: t.kind, cell: ({ kind }) => t.kinds[kind] },
          { head: t.state, cell: ({ is_active }) => (is_active ? t.active : t.inactive) },
          { head: t.bound, cell: ({ bound }) => t.people(bound ?? 0), numeric: true },
        ]}
      />
    </Layout>
  )
}
