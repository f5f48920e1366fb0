import { type Language, languages } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { render } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { PublicLayout } from './layout.tsx'
import { pageTexts } from './page-texts.tsx'
import { pathsOf } from './paths.ts'
import type { CapMessage, Snapshot } from './snapshot.ts'
import type { View } from './view.ts'
import { correctionWords, messageWord } from './words.ts'

/** Every CAP message that was issued, newest first; one page for both languages. */
export const renderCapIndex = (snapshot: Snapshot, { origin, demo }: View): string =>
  render(<CapIndex snapshot={snapshot} origin={origin} />, {
    language: 'ja',
    // The list changes with a publication only, so the moment of that publication is its now.
    now: new Date(snapshot.published_at),
    demo,
    path: pathsOf(snapshot.mode).cap,
    reader: null,
    open: [],
  })

function CapIndex({ snapshot: { mode, messages }, origin }: { snapshot: Snapshot; origin: string }) {
  const paths = pathsOf(mode)
  return (
    <PublicLayout mode={mode} title={pageTexts.ja.messages} origin={origin} paths={{ ja: paths.cap, en: paths.cap }}>
      <h1>{markedTitle('ja', mode, pageTexts.ja.messages)}</h1>
      <p>{pageTexts.ja.messages_hint}</p>
      <p lang="en">
        {markedTitle('en', mode, pageTexts.en.messages)}. {pageTexts.en.messages_hint}
      </p>
      {messages.length === 0 ? (
        <>
          <p>{pageTexts.ja.no_messages}</p>
          <p lang="en">{pageTexts.en.no_messages}</p>
        </>
      ) : (
        <ol className="messages" reversed>
          {messages.map((message) => (
            <li key={message.identifier}>
              <Time at={new Date(message.sent)} with_date />{' '}
              {languages.map((language) => (
                <span key={language} lang={language}>
                  {message.corrected ? (
                    <>
                      <del>{describe(message, mode, language)}</del> {correctionWords[language].corrected}
                    </>
                  ) : (
                    describe(message, mode, language)
                  )}{' '}
                </span>
              ))}
              <a href={paths.message(message)}>{message.identifier}</a>
            </li>
          ))}
        </ol>
      )}
      <p>
        {languages.map((language) => (
          <a key={language} lang={language} href={paths.page[language]}>
            {pageTexts[language].back}{' '}
          </a>
        ))}
      </p>
    </PublicLayout>
  )
}

const describe = (message: CapMessage, mode: Snapshot['mode'], language: Language) =>
  `${messageWord(message, language)}${language === 'ja' ? '：' : ': '}${markedTitle(language, mode, language === 'ja' ? message.title_ja : message.title_en)}`
