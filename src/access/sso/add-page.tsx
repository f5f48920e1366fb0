import { Button } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Field, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { ProviderForm, ProviderProblems } from './add-provider.ts'
import { texts } from './texts.ts'

type Props = {
  values: Partial<ProviderForm> & Pick<ProviderForm, 'kind'>
  problems?: ProviderProblems
  institutions: { id: string; name_ja: string; name_en: string }[]
}

/** What the institution's administrators gave us about their provider. A secret that was typed is never written back. */
export function AddProviderPage({ values, problems: found = {}, institutions }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const { kind } = values
  const title = kind === 'oidc' ? t.add_oidc : t.add_saml
  const problems: Problems = Object.fromEntries(Object.entries(found).map(([name, key]) => [name, t.problems[key]]))
  const field = <Name extends keyof ProviderForm>(name: Name) => ({
    name,
    value: values[name],
    problem: problems[name],
  })
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      <p>{kind === 'oidc' ? t.needs_oidc : t.needs_saml}</p>
      <form method="post" action="/sso" encType="multipart/form-data" noValidate className="dads-form">
        <HiddenFields fields={{ kind }} />
        <Select
          {...field('institution_id')}
          label={t.institution}
          empty={t.choose}
          options={institutions.map((each) => ({ value: each.id, text: named(language, each) }))}
          required
        />
        <TextInput {...field('domain')} label={t.domain} hint={t.domain_hint} maxLength={253} required />
        {kind === 'saml' && (
          <Field name="metadata" label={t.metadata} hint={t.metadata_hint} problem={problems.metadata}>
            {(wiring) => <input type="file" className="dads-input-text" accept=".xml,text/xml" {...wiring} />}
          </Field>
        )}
        <TextInput
          {...field('issuer')}
          label={t.issuer[kind]}
          hint={t.issuer_hint[kind]}
          maxLength={1000}
          required={kind === 'oidc'}
        />
        {kind === 'oidc' ? (
          <>
            <TextInput {...field('client_id')} label={t.client_id} maxLength={500} autoComplete="off" required />
            <TextInput
              name="client_secret"
              type="password"
              label={t.client_secret}
              hint={t.client_secret_hint}
              problem={problems.client_secret}
              maxLength={500}
              autoComplete="off"
              required
            />
          </>
        ) : (
          <>
            <TextInput {...field('entry_point')} type="url" label={t.entry_point} maxLength={1000} />
            <TextArea {...field('certificate')} label={t.certificate} hint={t.certificate_hint} rows={6} />
          </>
        )}
        <Button>{t.act}</Button>
      </form>
      <p>
        <a href="/sso">{t.back}</a>
      </p>
    </Layout>
  )
}
