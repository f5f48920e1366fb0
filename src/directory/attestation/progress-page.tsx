import { showWritten } from '#directory/contacts/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form } from '#ground/html/forms.tsx'
import { Figures, LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Age, Time, UntilBeside } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { AnswerCurve } from './curve.tsx'
import type { AttestationView } from './queries.ts'
import { attestationTexts } from './texts.ts'

/** Who has answered and who has not, what was sent when, and what can still be done. */
export function AttestationPage({ attestation }: { attestation: AttestationView }) {
  const t = useTexts(attestationTexts)
  const { language, now, reader } = useReading()
  const { asked, letters, answer_by, closed_at } = attestation
  const path = `/attestations/${attestation.id}` as const
  const missing = asked.filter(({ answer }) => answer === null)
  const answered = asked.length - missing.length
  const of = (is_infrastructure: boolean) => {
    const group = asked.filter((one) => one.is_infrastructure === is_infrastructure)
    return t.count(group.filter(({ answer }) => answer !== null).length, group.length)
  }
  const may_run = reader !== null && may(reader, 'attestation.run') && !closed_at
  const reachable = missing.filter(({ mail }) => mail !== null).length
  return (
    <Layout label={labelOf.call_tree} title={t.list} live={path} refresh_at={answer_by > now ? answer_by : null}>
      <h1>{t.list}</h1>
      {missing.length === 0 && <Banner kind="success" title={t.all} />}
      <Figures items={[{ term: t.progress, figure: t.count(answered, asked.length), note: <Age at={now} /> }]} />
      <AnswerCurve attestation={attestation} />
      <SummaryList
        items={[
          { term: t.state, value: <Chip look={closed_at ? 'sent' : 'waiting'}>{closed_at ? t.closed : t.open}</Chip> },
          {
            term: t.started,
            value: (
              <>
                <Time at={attestation.started_at} with_date /> {named(language, attestation)}
              </>
            ),
          },
          {
            term: t.answer_by,
            value: (
              <>
                <Time at={answer_by} with_date />
                {!closed_at && <UntilBeside at={answer_by} />}
              </>
            ),
          },
          ...(closed_at
            ? [
                {
                  term: t.closed_at,
                  value: (
                    <>
                      <Time at={closed_at} with_date /> {attestation.closed_by === null && t.by_itself}
                    </>
                  ),
                },
              ]
            : []),
          { term: t.infrastructure, value: of(true) },
          { term: t.participants, value: of(false) },
          { term: t.corrected, value: String(asked.filter(({ answer }) => answer === 'corrected').length) },
          {
            term: language === 'en' ? t.text_en : t.text_ja,
            value: <LongText>{language === 'en' ? attestation.text_en : attestation.text_ja}</LongText>,
          },
        ]}
      />
      {may_run && reachable > 0 && (
        <Form action={`${path}/reminders`}>
          <Button>{t.remind(reachable)}</Button>
        </Form>
      )}
      {missing.length > 0 && (
        <DataTable
          caption={t.missing(missing.length)}
          rows={missing}
          rowKey={({ id }) => id}
          columns={[
            { head: t.institution, cell: (one) => <a href={`/institutions/${one.id}`}>{named(language, one)}</a> },
            { head: t.group, cell: (one) => (one.is_infrastructure ? t.infrastructure : t.participants) },
            {
              head: t.confirmed,
              cell: ({ confirmed_at }) => (confirmed_at ? <Age at={confirmed_at} /> : t.never),
            },
            {
              head: t.reach_now,
              cell: ({ mail }) => <Chip look={mail ? 'sent' : 'failed'}>{mail ? t.reachable : t.unreachable}</Chip>,
            },
            {
              head: t.call,
              cell: ({ phone }) => (phone ? <a href={`tel:${phone}`}>{showWritten(phone)}</a> : t.no_call),
            },
          ]}
        />
      )}
      <DataTable
        caption={t.letters}
        rows={letters}
        rowKey={({ id }) => id}
        columns={[
          { head: t.letters, cell: ({ step }) => t.letter_steps[step] },
          { head: t.started, cell: ({ queued_at }) => <Time at={queued_at} with_date /> },
          { head: t.to, cell: (one) => t.letter_line(one.institutions, one.letters) },
        ]}
      />
      {may_run && (
        <Details summary={t.close_summary} id="close">
          <Form action={`${path}/closing`}>
            <p>{t.close_effect(missing.length)}</p>
            <Button kind="outline" danger>
              {t.close}
            </Button>
          </Form>
        </Details>
      )}
      <p>
        <a href="/attestations">{t.caption}</a>
      </p>
    </Layout>
  )
}
