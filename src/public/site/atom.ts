import { timeWords } from '#ground/html/civil.ts'
import type { Language } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { activationLines, linesOf } from './cap.ts'
import { pathsOf } from './paths.ts'
import { senderOf } from './sender.ts'
import type { CapMessage, Snapshot } from './snapshot.ts'
import {
  centreSentences,
  correctionWords,
  disclaimer,
  hazardWords,
  messageWord,
  publisherNames,
  siteNames,
} from './words.ts'
import { xml, xmlDocument } from './xml.ts'

/**
 * Every publication as an entry of an Atom feed (RFC 4287), newest first, with a link to its CAP message. One that was
 * corrected says so in title and text under its old id and a new `updated`, so that who has read it reads it again.
 */
export function renderAtom(snapshot: Snapshot, { origin, language }: { origin: string; language: Language }): string {
  const { mode } = snapshot
  const paths = pathsOf(mode)
  const other = language === 'ja' ? 'en' : 'ja'
  return xmlDocument(xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>tag:${senderOf(origin, mode)},2026:feed.${language}</id>
<title>${markedTitle(language, mode, siteNames[language])}</title>
${disclaimer(language, mode) && xml`<subtitle>${disclaimer(language, mode)}</subtitle>\n`}<updated>${snapshot.published_at}</updated>
<author><name>${publisherNames[language]}</name></author>
<generator>Noroshi</generator>
<link rel="self" type="application/atom+xml" href="${origin}${paths.feed[language]}"/>
<link rel="alternate" type="text/html" hreflang="${language}" href="${origin}${paths.page[language]}"/>
<link rel="related" type="application/atom+xml" hreflang="${other}" href="${origin}${paths.feed[other]}"/>
${snapshot.messages.map((message) => entryOf(message, mode, origin, language))}</feed>`)
}

/** Tag URI (RFC 4151) of a publication: the same in every rendering and for ever, because its parts were stamped when it was published. */
const idOf = ({ sender, sent, identifier }: CapMessage, language: Language) =>
  `tag:${sender},${sent.slice(0, 10)}:${identifier}.${language}`

function entryOf(message: CapMessage, mode: Snapshot['mode'], origin: string, language: Language) {
  const paths = pathsOf(mode)
  const title = language === 'ja' ? message.title_ja : message.title_en
  const word = messageWord(message, language)
  const page = `${origin}${paths.page[language]}#situation-${message.situation_id}`
  const { correction, corrected } = correctionWords[language]
  const mark = message.corrected && (language === 'ja' ? `（${corrected}）` : ` (${corrected})`)
  const related = [message.identifier, ...(message.corrected ? [message.corrected.by] : []), ...message.corrects]
  return xml`<entry>
<id>${idOf(message, language)}</id>
<title>${markedTitle(language, mode, title)}${language === 'ja' ? '：' : ': '}${word}${mark}</title>
<published>${message.sent}</published>
<updated>${message.corrected?.at ?? message.sent}</updated>
<category term="${message.hazard}" label="${hazardWords[language][message.hazard]}"/>
<category term="${message.cap_kind}" label="${word}"/>
${message.corrects.length > 0 && xml`<category term="correction" label="${correction}"/>\n`}${message.corrected && xml`<category term="corrected" label="${corrected}"/>\n`}<link rel="alternate" type="text/html" hreflang="${language}" href="${page}"/>
${related.map((identifier) => xml`<link rel="related" type="application/cap+xml" href="${origin}${paths.message({ identifier })}"/>\n`)}${contentOf(message, mode, language, page)}
</entry>
`
}

/** The words as published, with how each function stood; once the words are known to be wrong, struck through, below when and where they were put right. */
function contentOf(message: CapMessage, mode: Snapshot['mode'], language: Language, page: string) {
  const text = language === 'ja' ? message.text_ja : message.text_en
  const notice = disclaimer(language, mode)
  const centre = centreSentences[language][message.cap_kind === 'Cancel' ? 'set_up' : message.command_centre]
  const told = [centre, linesOf(message, language), activationLines(message, language)].filter(Boolean).join('\n')
  if (!message.corrected) return xml`<content type="text">${[notice, text, told].filter(Boolean).join('\n')}</content>`
  const at = new Date(message.corrected.at)
  const why = correctionWords[language].was_corrected(timeWords(language, at, at, { with_date: true }), page)
  const lines = [text, told].join('\n').split(/\n+/).filter(Boolean)
  const html = xml`${notice && xml`<p>${notice}</p>`}<p>${why}</p>${lines.map((line) => xml`<p><del>${line}</del></p>`)}`
  return xml`<content type="html">${html.text}</content>`
}
