import { Banner } from '#ground/html/banner.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { render, useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { AgeBeside, Time } from '#ground/html/time.tsx'
import { PublicLayout } from './layout.tsx'
import { MastheadPart } from './masthead-part.tsx'
import { pageTexts } from './page-texts.tsx'
import { pathsOf } from './paths.ts'
import { closedOnes, openOnes } from './seen.ts'
import { ClosedSituation, OpenSituation } from './situation.tsx'
import type { Snapshot } from './snapshot.ts'
import type { ViewIn } from './view.ts'
import { siteNames } from './words.ts'

/** The public top page (S0-32): what is happening, how it stands, and how old all of it is. */
export const renderPage = (
  snapshot: Snapshot,
  { origin, now, silent_since, masthead, demo, language }: ViewIn,
): string =>
  render(<TopPage {...{ snapshot, origin, silent_since, masthead }} />, {
    language,
    now,
    demo,
    path: pathsOf(snapshot.mode).page[language],
    reader: null,
    open: [],
  })

type Props = { snapshot: Snapshot } & Pick<ViewIn, 'origin' | 'silent_since' | 'masthead'>

function TopPage({ snapshot, origin, silent_since, masthead }: Props) {
  const { language, now } = useReading()
  const texts = useTexts(pageTexts)
  const { mode } = snapshot
  const open = openOnes(snapshot)
  const closed = closedOnes(snapshot, now)
  const [only] = open.length === 1 ? open : []
  const title = only ? (language === 'ja' ? only.title_ja : only.title_en) : siteNames[language]
  return (
    <PublicLayout mode={mode} title={title} origin={origin} paths={pathsOf(mode).page}>
      <h1>{markedTitle(language, mode, siteNames[language])}</h1>
      {silent_since && <Silent since={silent_since} />}
      {open.length === 0 ? (
        <Empty title={texts.calm}>
          <p>{texts.calm_at(<Time at={now} with_date />)}</p>
          <p>{texts.calm_text}</p>
        </Empty>
      ) : (
        <p>
          <strong>{texts.open_count(open.length)}</strong>
        </p>
      )}
      {/* What is said comes first; how old the page is stands below, and in each line. */}
      {open.map((situation) => (
        <OpenSituation key={situation.id} situation={situation} />
      ))}
      <Made snapshot={snapshot} />
      {closed.length > 0 && (
        <section>
          <h2>{texts.closed}</h2>
          {closed.map((situation) => (
            <ClosedSituation key={situation.id} situation={situation} />
          ))}
        </section>
      )}
      <MastheadPart masthead={masthead} />
      <Elsewhere mode={mode} />
    </PublicLayout>
  )
}

function Silent({ since }: { since: Date }) {
  const texts = useTexts(pageTexts)
  return (
    <Banner kind="warning" title={texts.silent_title}>
      <p>
        {texts.silent[0]}
        <Time at={since} />
        {texts.silent[1]}
      </p>
    </Banner>
  )
}

/** In words, because a page that is merely old looks like one that is right (S0-12). */
function Made({ snapshot: { number, published_at } }: { snapshot: Snapshot }) {
  const { now } = useReading()
  const texts = useTexts(pageTexts)
  const published =
    number === 0 ? (
      texts.none_published
    ) : (
      <>
        <Time at={new Date(published_at)} />
        <AgeBeside at={new Date(published_at)} />
      </>
    )
  const made = (
    <>
      <Time at={now} with_date />
      <AgeBeside at={now} />
      <br />
      {texts.made_hint}
    </>
  )
  return (
    <SummaryList
      items={[
        { term: texts.published, value: published },
        { term: texts.made, value: made },
      ]}
    />
  )
}

function Elsewhere({ mode }: { mode: Snapshot['mode'] }) {
  const { language } = useReading()
  const texts = useTexts(pageTexts)
  const paths = pathsOf(mode)
  return (
    <section>
      <h2>{texts.subscribe}</h2>
      <ul>
        <li>
          <a href={paths.feed[language]}>{texts.feed}</a>
        </li>
        <li>
          <a href={paths.cap}>{texts.cap}</a>
        </li>
        <li>
          <a href={paths.json}>{texts.json}</a>
        </li>
      </ul>
    </section>
  )
}
