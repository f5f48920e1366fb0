import { partsOf } from '#ground/channels/gateway/sms-text.ts'
import { channelWords } from '#ground/channels/words.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { Details } from '#ground/html/details.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import type { Check, Sample } from './check-data.ts'
import { checkTexts } from './check-texts.ts'

/** What arrives on each channel, word for word; the HTML of the mail in a frame that can do nothing. */
export function Renderings({ path, renderings }: { path: string } & Pick<Check, 'renderings'>) {
  const t = useTexts(checkTexts)
  return (
    <section aria-labelledby="looks">
      <h2 id="looks">{t.looks}</h2>
      <p>{t.looks_lead}</p>
      {renderings.map((rendering) => (
        <Details
          key={rendering.channel}
          id={`looks-${rendering.channel}`}
          open={rendering.channel === 'mail'}
          summary={<Named {...rendering} />}
        >
          {rendering.channel !== 'sms' && rendering.channel !== 'voice' && (
            <SummaryList items={[{ term: t.subject, value: rendering.subject }]} />
          )}
          {rendering.html ? (
            <>
              <Details summary={t.plain} id={`plain-${rendering.channel}`}>
                <LongText>{rendering.body}</LongText>
              </Details>
              <Details summary={t.html} id={`html-${rendering.channel}`}>
                <iframe sandbox="" loading="lazy" src={`${path}/mail`} title={t.html} width="100%" height="640" />
              </Details>
            </>
          ) : (
            <LongText>{rendering.body}</LongText>
          )}
        </Details>
      ))}
    </section>
  )
}

function Named({ channel, body }: Sample) {
  const t = useTexts(checkTexts)
  const channels = useTexts(channelWords)
  return (
    <>
      {channels[channel]}
      {channel === 'sms' && <Brackets>{t.parts(partsOf(body).parts.length)}</Brackets>}
    </>
  )
}
