import type { ReactNode } from 'react'
import type { Mode } from '#ground/db/tables.ts'
import { asset } from '#ground/html/assets.ts'
import type { Language } from '#ground/html/language.ts'
import { ModeBand } from '#ground/html/mode-band.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Sheets } from '#ground/html/sheets.tsx'
import { pageTexts } from './page-texts.tsx'
import { pathsOf } from './paths.ts'

type Props = {
  mode: Mode
  /** Without the mark of its mode. */
  title: string
  origin: string
  /** Where the same page is in each language; the same path where one page holds both. */
  paths: Record<Language, string>
  children: ReactNode
}

/** The frame of what the public reads: no session, no menu of members; it stands on any host the folder is copied to. */
export function PublicLayout({ mode, title, origin, paths, children }: Props) {
  const { language, demo } = useReading()
  const texts = useTexts(pageTexts)
  const other = language === 'ja' ? 'en' : 'ja'
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{markedTitle(language, mode, title)}</title>
        {mode !== 'actual' && <meta name="robots" content="noindex, nofollow" />}
        <Sheets />
        {/* Ages count on by the reader's own clock (no data-now here): a copy that nobody updates any more shows how old it is. */}
        <script type="module" src={asset('ages.js')} />
        <link rel="alternate" type="application/atom+xml" href={pathsOf(mode).feed[language]} title={texts.feed} />
        {paths[other] !== paths[language] && <link rel="alternate" hrefLang={other} href={origin + paths[other]} />}
      </head>
      <body data-mode={mode} data-event={mode}>
        <a className="dads-skip-link" href="#main">
          {texts.skip}
        </a>
        <header>
          <ModeBand mode={mode} />
          {demo && <p className="dads-demo">{texts.demo}</p>}
          <div className="dads-header">
            <div className="dads-header__bar">
              <a className="dads-header__product" href={pathsOf(mode).page[language]}>
                {texts.product}
              </a>
              <nav className="dads-header__reader" aria-label={texts.navigation}>
                {paths[other] !== paths[language] && (
                  <a href={paths[other]} lang={other} hrefLang={other}>
                    {texts.other_language}
                  </a>
                )}
                <a href={`${origin}/sign-in`}>{texts.sign_in}</a>
              </nav>
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        {mode !== 'actual' && (
          <footer>
            <ModeBand mode={mode} />
          </footer>
        )}
      </body>
    </html>
  )
}
