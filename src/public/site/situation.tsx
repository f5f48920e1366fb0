import type { ReactNode } from 'react'
import { Brackets } from '#ground/html/brackets.tsx'
import { Details } from '#ground/html/details.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { ReadAt, useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { pageTexts } from './page-texts.tsx'
import { Paragraphs } from './parts.tsx'
import { Activations, Functions, Institutions, Participants } from './situation-state.tsx'
import type { PublicSituation } from './snapshot.ts'
import { centreWords, hazardWords } from './words.ts'

type Props = { situation: PublicSituation }

/** A situation as the public read it at that moment. */
export const AsPublished = ({ situation, at }: Props & { at: Date }) => (
  <ReadAt now={at}>
    {situation.closed_at ? <ClosedSituation situation={situation} /> : <OpenSituation situation={situation} />}
  </ReadAt>
)

export function OpenSituation({ situation }: Props) {
  const { language, now } = useReading()
  const texts = useTexts(pageTexts)
  const { next_update_at, functions, institutions, activations, participants } = situation
  const late = next_update_at !== null && Date.parse(next_update_at) <= now.getTime()
  return (
    <Article situation={situation}>
      <Correction situation={situation} />
      <Paragraphs text={language === 'ja' ? situation.text_ja : situation.text_en} />
      <SummaryList
        items={[
          { term: texts.hazard, value: hazardWords[language][situation.hazard] },
          { term: texts.event_at, value: <Time at={new Date(situation.event_at)} /> },
          { term: texts.opened_at, value: <Time at={new Date(situation.opened_at)} /> },
          { term: texts.command_centre, value: <Centre situation={situation} /> },
          { term: texts.updated_at, value: <Time at={new Date(situation.updated_at)} /> },
          ...(next_update_at
            ? [
                {
                  term: late ? texts.next_update_late : texts.next_update,
                  value: <Time at={new Date(next_update_at)} />,
                },
              ]
            : []),
        ]}
      />
      {activations.length > 0 && <Activations activations={activations} as_of={situation.updated_at} />}
      {functions.length > 0 && <Functions functions={functions} />}
      {institutions.length > 0 && <Institutions institutions={institutions} />}
      {participants && <Participants participants={participants} as_of={situation.updated_at} />}
      <Earlier situation={situation} />
    </Article>
  )
}

/** As of the publication: whether there is a command centre, and since when that is so. */
function Centre({ situation: { command_centre, command_centre_at } }: Props) {
  const { language } = useReading()
  const texts = useTexts(pageTexts)
  return (
    <>
      {centreWords[language][command_centre]}
      {command_centre_at && texts.since(<Time at={new Date(command_centre_at)} />)}
    </>
  )
}

function Correction({ situation: { corrected_at } }: Props) {
  const texts = useTexts(pageTexts)
  return (
    corrected_at && (
      <p>
        <b>{texts.corrected(<Time at={new Date(corrected_at)} />)}</b>
      </p>
    )
  )
}

export function ClosedSituation({ situation }: Props) {
  const { language } = useReading()
  const texts = useTexts(pageTexts)
  const closing = language === 'ja' ? situation.closing_ja : situation.closing_en
  return (
    <Article situation={situation}>
      {closing && <Paragraphs text={closing} />}
      <LastSaid situation={situation} />
      <SummaryList
        items={[
          { term: texts.event_at, value: <Time at={new Date(situation.event_at)} /> },
          ...(situation.closed_at
            ? [{ term: texts.closed_at, value: <Time at={new Date(situation.closed_at)} /> }]
            : []),
        ]}
      />
      <Earlier situation={situation} />
    </Article>
  )
}

/** The last words that stood: they do not vanish with the closing. */
function LastSaid({ situation: { earlier, text_ja, text_en } }: Props) {
  const { language } = useReading()
  const texts = useTexts(pageTexts)
  const said = earlier.find((each) => each.text_ja === text_ja && each.text_en === text_en)
  return (
    <>
      <h4>
        {texts.last_said}
        {said && (
          <Brackets>
            <Time at={new Date(said.published_at)} />
          </Brackets>
        )}
      </h4>
      <Paragraphs text={language === 'ja' ? text_ja : text_en} />
    </>
  )
}

function Article({ situation, children }: Props & { children: ReactNode }) {
  const { language } = useReading()
  const id = `situation-${situation.id}`
  const title = language === 'ja' ? situation.title_ja : situation.title_en
  const Heading = situation.closed_at ? 'h3' : 'h2'
  return (
    <article id={id} aria-labelledby={`${id}-title`}>
      <Heading id={`${id}-title`}>{markedTitle(language, situation.mode, title)}</Heading>
      {children}
    </article>
  )
}

/** What was said before stays readable; what was wrong is struck through. */
function Earlier({ situation: { earlier } }: Props) {
  const { language } = useReading()
  const texts = useTexts(pageTexts)
  if (earlier.length === 0) return null
  const entries = earlier.map(({ number, published_at, corrected_at, text_ja, text_en }) => ({
    key: String(number),
    at: new Date(published_at),
    title: language === 'ja' ? text_ja : text_en,
    corrected_at: corrected_at === null ? undefined : new Date(corrected_at),
  }))
  return (
    <Details
      summary={
        <>
          {texts.earlier}
          <Brackets>{earlier.length}</Brackets>
        </>
      }
    >
      <Timeline entries={entries} />
    </Details>
  )
}
