import type { ReactNode } from 'react'
import { type KeptPoint, PhoneLink, placeText, pointWords, sectionOf } from '#directory/contact-points/index.ts'
import { contactWords } from '#directory/contacts/index.ts'
import { asset } from '#ground/html/assets.ts'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Sheets } from '#ground/html/sheets.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelNames, labelOf } from '#ground/rights/labels.ts'
import { linkOf, shownAddress } from './contact-card.tsx'
import type { Found } from './search.ts'
import { directoryTexts } from './texts.ts'

const texts = inBoth({
  ja: {
    title: 'オフライン名簿・連絡先情報',
    as_of: 'この名簿は',
    as_of_end: ' 現在のものです。',
    away: 'オフラインです',
    away_text: 'サーバーにつながらないため、この端末に残した控えを表示しています。控えは',
    away_end: 'のもので、最新ではない可能性があります。',
    reload: 'もう一度つなぐ',
    label: '必要な人だけが使い、他に渡さないでください。',
    days: '控えは、サインアウトするか、7日を過ぎると消えます。',
    find: '名簿をしぼり込む',
    nothing: '当てはまる担当者はいません',
    back: '名簿へ戻る',
    demo: 'デモ：人物・機関・データはすべて架空です',
    empty: '表示できる機関はありません。',
  },
  en: {
    title: 'Offline directory and contact points',
    as_of: 'This directory is as of ',
    as_of_end: '.',
    away: 'You are offline',
    away_text: 'The server cannot be reached. This is the copy kept on this device; it was made ',
    away_end: ' and may not be up to date.',
    reload: 'Try to connect again',
    label: 'For those who need it, not to be passed on.',
    days: 'The copy is deleted when you sign out, or after 7 days.',
    find: 'Narrow the directory',
    nothing: 'No contact matches',
    back: 'Back to the directory',
    demo: 'Demo: all people, firms and data are invented',
    empty: 'There is no institution to show.',
  },
})

/**
 * Everyone whom this reader may reach, on one page that a phone keeps. It stands in no frame: what is going on, the menu and
 * the sign-out would be old or dead in a copy. The service worker finds `away` and `age` and fills them in.
 */
export function OfflinePage({ contacts, points }: { contacts: Found[]; points: KeptPoint[] }) {
  const t = useTexts(texts)
  const { language, now, demo } = useReading()
  const of = Map.groupBy(contacts, ({ institution_id }) => institution_id)
  const known = points.filter(({ id, is_active }) => is_active || of.has(id))
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${t.title}｜狼煙 Noroshi`}</title>
        <Sheets />
        <link rel="icon" href="data:," />
        <script type="module" src={asset('offline.js')} />
        <script type="module" src={asset('waiting.js')} />
      </head>
      <body data-mode="actual" data-reports={asset('reports.js')}>
        {demo && (
          <header>
            <p className="dads-demo">{t.demo}</p>
          </header>
        )}
        <main id="main">
          <h1>{t.title}</h1>
          <div id="away" hidden>
            <Banner kind="warning" title={t.away}>
              <p>
                {t.away_text}
                <b id="age" />
                {t.away_end} <a href="/directory">{t.reload}</a>
              </p>
            </Banner>
          </div>
          <p>
            <b>{labelNames[labelOf.contact]}</b> {t.label}
            <br />
            {t.as_of}
            <Time at={now} with_date />
            {t.as_of_end} {t.days}
          </p>
          <div id="find-part" className="dads-form-control-label" hidden>
            <label className="dads-form-control-label__label" htmlFor="find">
              {t.find}
            </label>
            <input className="dads-input-text" type="search" id="find" data-width="half" autoComplete="off" />
            <p id="nothing" role="status" data-text={t.nothing} />
          </div>
          {known.length === 0 && <p>{t.empty}</p>}
          {known.map((point) => (
            <Institution key={point.id} point={point} people={of.get(point.id) ?? []} />
          ))}
          <p>
            <a href="/directory">{t.back}</a>
          </p>
        </main>
      </body>
    </html>
  )
}

function Institution({ point, people }: { point: KeptPoint; people: Found[] }) {
  const { language } = useReading()
  return (
    <section data-group="">
      <h2>{named(language, point)}</h2>
      <p className="dads-note">{point.code}</p>
      <Point point={point} />
      {people.map((contact) => (
        <Person key={contact.id} contact={contact} />
      ))}
    </section>
  )
}

/** How the institution is reached whoever is on duty, and from where it worked when the copy was made. */
function Point({ point }: { point: KeptPoint }) {
  const words = useTexts(pointWords)
  const { language, now } = useReading()
  const lines = [
    [words.place, placeText(language, point, now)],
    [words.phone, point.phone && <PhoneLink written={point.phone} />],
    [words.mail, point.mail && <a href={`mailto:${point.mail}`}>{point.mail}</a>],
    [words.office, [point.office_name, point.office_address].filter(Boolean).join(' ')],
    [words.office_phone, point.office_phone && <PhoneLink written={point.office_phone} />],
  ] as const
  return (
    <article className="dads-card" data-words={`${point.name_ja} ${point.name_en} ${point.code}`}>
      <h3 className="dads-card__title">{sectionOf(language, point) || words.point}</h3>
      <p>
        {lines.map(([term, value]) => value && <Line key={term} term={term} value={value} />)}
        {point.section_ja === null && words.no_point}
      </p>
    </article>
  )
}

const Line = ({ term, value }: { term: string; value: ReactNode }) => (
  <>
    {term} {value}
    <br />
  </>
)

/** `data-words`: what a search finds beside the text that is shown. */
function Person({ contact }: { contact: Found }) {
  const t = useTexts(directoryTexts)
  const { means } = useTexts(contactWords)
  const { language } = useReading()
  const words = [contact.name_ja, contact.name_en, contact.reading, contact.institution_ja, contact.institution_en]
  return (
    <article className="dads-card" data-words={words.filter(Boolean).join(' ')}>
      <h3 className="dads-card__title">{`${named(language, contact)} ${contact.title}`.trim()}</h3>
      <p>
        {t.ranks[contact.rank - 1] ?? t.rank(contact.rank)}
        {contact.addresses.map((one) => (
          <span key={`${one.means} ${one.address} ${one.extension}`}>
            <br />
            {means[one.means]}{' '}
            {linkOf(one) ? (
              <ButtonLink kind="text" size="md" href={linkOf(one)!}>
                {shownAddress(one)}
              </ButtonLink>
            ) : (
              shownAddress(one)
            )}
          </span>
        ))}
      </p>
    </article>
  )
}
