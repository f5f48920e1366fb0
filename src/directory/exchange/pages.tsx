import { showWritten } from '#directory/contacts/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Chip, type Look } from '#ground/html/chip.tsx'
import { Radios } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems, TextArea, TextInput } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { reason_length_max } from './propose.ts'
import type { ExchangeState, ExchangeView, institutionsNamed, partnerContacts } from './queries.ts'
import { exchangeTexts } from './texts.ts'

const looks: Record<ExchangeState, Look> = {
  asked_of_me: 'not_reported',
  asked_by_me: 'waiting',
  agreed: 'normal',
  declined: 'failed',
  taken_back: 'expired',
  ended: 'expired',
}

export function ExchangesPage({ exchanges }: { exchanges: ExchangeView[] }) {
  const t = useTexts(exchangeTexts)
  const { language } = useReading()
  return (
    <Layout title={t.list} live="/exchange">
      <h1>{t.list}</h1>
      <p>{t.lead}</p>
      <ButtonLink href="/exchange/new" kind="solid-fill">
        {t.propose}
      </ButtonLink>
      <DataTable
        caption={t.caption}
        rows={exchanges}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          { head: t.partner, cell: (one) => <a href={`/exchange/${one.id}`}>{named(language, one)}</a> },
          { head: t.state, cell: ({ state }) => <Chip look={looks[state]}>{t.states[state]}</Chip> },
          { head: t.since, cell: ({ agreed_at }) => (agreed_at ? <Time at={agreed_at} with_date /> : '—') },
          { head: t.due, cell: (one) => (one.state === 'agreed' ? <Due at={one.own_due_at} /> : '—') },
        ]}
      />
    </Layout>
  )
}

/** By when a side must confirm again; past it the page says so, and the exchange goes on until someone ends it. */
function Due({ at }: { at: Date | null }) {
  const t = useTexts(exchangeTexts)
  const { now } = useReading()
  if (!at) return '—'
  return (
    <>
      <Time at={at} with_date /> {at <= now && <Chip look="expired">{t.overdue}</Chip>}
    </>
  )
}

type PageProps = {
  exchange: ExchangeView
  contacts: Awaited<ReturnType<typeof partnerContacts>>
  /** How many contacts of the reader's own institution the other side would see. */
  own_contacts: number
  problems?: Problems
  reason?: string | undefined
  failed?: 'ended' | 'own'
}

export function ExchangePage({ exchange, contacts, own_contacts, problems = {}, reason, failed }: PageProps) {
  const t = useTexts(exchangeTexts)
  const { language } = useReading()
  const { state } = exchange
  const name = named(language, exchange)
  const path = `/exchange/${exchange.id}` as const
  const open = state === 'agreed' || state === 'asked_of_me' || state === 'asked_by_me' ? state : null
  return (
    <Layout label={labelOf.contact} title={name} live={path}>
      <h1>{name}</h1>
      <ErrorSummary problems={problems} />
      {failed && <Banner kind="error" title={t.failed[failed]} />}
      <SummaryList
        items={[
          { term: t.state, value: <Chip look={looks[state]}>{t.states[state]}</Chip> },
          { term: t.proposed, value: <Time at={exchange.proposed_at} with_date /> },
          { term: t.reason, value: <LongText>{exchange.reason}</LongText> },
          ...(exchange.agreed_at ? [{ term: t.since, value: <Time at={exchange.agreed_at} with_date /> }] : []),
          ...(state === 'agreed'
            ? [
                { term: t.own_due, value: <Due at={exchange.own_due_at} /> },
                { term: t.their_due, value: <Due at={exchange.their_due_at} /> },
              ]
            : []),
          ...(exchange.ended_at
            ? [
                { term: t.ended, value: <Time at={exchange.ended_at} with_date /> },
                { term: t.ending_reason, value: <LongText>{exchange.ending_reason ?? ''}</LongText> },
              ]
            : []),
        ]}
      />
      {state === 'asked_of_me' && (
        <Form action={`${path}/agreement`}>
          <p>{t.agree_effect(own_contacts)}</p>
          <Button>{t.agree}</Button>
        </Form>
      )}
      {state === 'agreed' && (
        <>
          <h2>{t.contacts}</h2>
          <DataTable
            caption={t.contacts_caption}
            rows={contacts}
            rowKey={({ id }) => id}
            empty={<Empty title={t.no_contacts}>{t.no_contacts_next}</Empty>}
            columns={[
              { head: t.rank, cell: ({ rank }) => rank },
              { head: t.name, cell: (contact) => `${named(language, contact)} ${contact.title}`.trim() },
              { head: t.phone, cell: ({ phone }) => phone && <a href={`tel:${phone}`}>{showWritten(phone)}</a> },
              { head: t.mail, cell: ({ mail }) => mail && <a href={`mailto:${mail}`}>{mail}</a> },
              {
                head: t.confirmed,
                cell: ({ confirmed_at }) => (confirmed_at ? <Time at={confirmed_at} with_date /> : t.never),
              },
            ]}
          />
          <Form action={`${path}/confirmation`}>
            <Button>{t.confirm_again}</Button>
          </Form>
        </>
      )}
      {open && (
        <Details summary={t.end_summary[open]} id="end" open={problems.reason !== undefined}>
          <Form action={`${path}/end`}>
            <p>{t.end_effect}</p>
            <TextArea
              name="reason"
              label={t.reason}
              hint={t.reason_hint}
              value={reason}
              problem={problems.reason}
              rows={2}
              maxLength={reason_length_max}
              required
            />
            <Button kind="outline" danger>
              {t.end[open]}
            </Button>
          </Form>
        </Details>
      )}
      <p>
        <a href="/exchange">{t.back}</a>
      </p>
    </Layout>
  )
}

type NewProps = {
  q: string
  found: Awaited<ReturnType<typeof institutionsNamed>>
  values?: Record<string, string>
  problems?: Problems
}

/** First the institution is found by its name, then the proposal is made on the same page. */
export function NewExchangePage({ q, found, values = {}, problems = {} }: NewProps) {
  const t = useTexts(exchangeTexts)
  const { language } = useReading()
  return (
    <Layout title={t.propose}>
      <h1>{t.propose}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <search>
        <form method="get" action="/exchange/new" className="dads-form">
          <TextInput type="search" name="q" label={t.find_label} value={q} width="half" maxLength={100} />
          <Button kind={found.length > 0 ? 'outline' : 'solid-fill'} size="md">
            {t.find}
          </Button>
        </form>
      </search>
      {q && found.length === 0 && <Empty title={t.nothing}>{t.nothing_next}</Empty>}
      {found.length > 0 && (
        <Form action={`/exchange?${new URLSearchParams({ q })}`}>
          <Radios
            name="institution_id"
            legend={t.choose}
            value={values.institution_id ?? (found.length === 1 ? found[0]?.id : undefined)}
            problem={problems.institution_id}
            choices={found.map((one) => ({ value: one.id, text: named(language, one), hint: one.code }))}
            required
          />
          <TextArea
            name="reason"
            label={t.reason}
            hint={t.reason_hint}
            value={values.reason}
            problem={problems.reason}
            rows={3}
            maxLength={reason_length_max}
            required
          />
          <Button>{t.propose}</Button>
        </Form>
      )}
    </Layout>
  )
}
