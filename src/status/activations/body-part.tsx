import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { Who } from '#ground/register/who.tsx'
import type { BodyVersion } from './queries.ts'
import { nameOf } from './state-parts.tsx'
import { activationTexts } from './texts.tsx'

export type BodyPartProps = {
  market: string
  bodies: readonly BodyVersion[]
  may_edit_body: boolean
  /** Why a press of the reader's was not taken. */
  body_refused?: 'settled' | 'own' | undefined
}

/** Who decides for a market and how; a change that waits for a second person of the desk; and what it was before. */
export function BodyPart({ market, bodies, may_edit_body, body_refused }: BodyPartProps) {
  const t = useTexts(activationTexts)
  const { language } = useReading()
  const agreed = bodies.filter(({ outcome }) => outcome === 'agreed')
  const [current] = agreed
  const waiting = bodies.find(({ outcome }) => outcome === null)
  const settled = bodies.filter(({ outcome }) => outcome !== null)
  return (
    <section aria-labelledby="deciding">
      <h2 id="deciding">{t.deciding}</h2>
      {body_refused && <Banner kind="error" title={body_refused === 'own' ? t.body_own : t.refused.body_settled} />}
      {current ? <BodyText body={current} /> : <p>{t.no_body}</p>}
      {waiting && may_edit_body && <WaitingBody market={market} body={waiting} />}
      {may_edit_body && !waiting && (
        <ButtonLink href={`/activations/markets/${market}/body`} size="md">
          {t.edit_body}
        </ButtonLink>
      )}
      {settled.length > 1 && (
        <Details summary={`${t.versions} (${settled.length})`} id="body-history">
          <Timeline
            entries={settled.map((version) => ({
              key: String(version.version),
              at: version.settled_at ?? version.made_at,
              title: `${nameOf(language, version)} ― ${version.outcome === 'agreed' ? t.agreed : t.dropped}`,
              by: (
                <>
                  <Who name_ja={version.made_by_ja} name_en={version.made_by_en} /> /{' '}
                  <Who name_ja={version.settled_by_ja} name_en={version.settled_by_en} />
                </>
              ),
              body: <LongText>{version.reason}</LongText>,
            }))}
          />
        </Details>
      )}
    </section>
  )
}

function WaitingBody({ market, body }: { market: string; body: BodyVersion }) {
  const t = useTexts(activationTexts)
  const { reader } = useReading()
  const is_own = reader?.id === body.made_by
  const path = `/activations/markets/${market}/body`
  return (
    <Banner kind="warning" title={t.body_waits}>
      <BodyText body={body} />
      <p>
        {t.put_forward}: <Who name_ja={body.made_by_ja} name_en={body.made_by_en} />
      </p>
      <LongText>{body.reason}</LongText>
      {is_own && <p>{t.body_own}</p>}
      <Buttons>
        {!is_own && (
          <Form action={`${path}/agreement`}>
            <HiddenFields fields={{ version: String(body.version) }} />
            <Button kind="outline">{t.body_agree}</Button>
          </Form>
        )}
        <Form action={`${path}/removal`}>
          <HiddenFields fields={{ version: String(body.version) }} />
          <Button kind="outline">{t.body_drop}</Button>
        </Form>
      </Buttons>
    </Banner>
  )
}

function BodyText({ body }: { body: BodyVersion }) {
  const t = useTexts(activationTexts)
  const { language } = useReading()
  return (
    <SummaryList
      items={[
        { term: t.body, value: nameOf(language, body) },
        { term: t.institution, value: named(language, body) },
        {
          term: t.procedure,
          value: <LongText>{named(language, { name_ja: body.procedure_ja, name_en: body.procedure_en })}</LongText>,
        },
      ]}
    />
  )
}
