import type { Language } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { pathsOf } from './paths.ts'
import { senderOf } from './sender.ts'
import type { CapMessage, Snapshot } from './snapshot.ts'
import { capKindWords, disclaimer, hazardWords, publisherNames, siteNames } from './words.ts'
import { xml, xmlDocument } from './xml.ts'

/** Every publication as an entry of an Atom feed (RFC 4287), newest first, with a link to its CAP message. */
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
  const text = language === 'ja' ? message.text_ja : message.text_en
  return xml`<entry>
<id>${idOf(message, language)}</id>
<title>${markedTitle(language, mode, title)}${language === 'ja' ? '：' : ': '}${capKindWords[language][message.cap_kind]}</title>
<published>${message.sent}</published>
<updated>${message.sent}</updated>
<category term="${message.hazard}" label="${hazardWords[language][message.hazard]}"/>
<category term="${message.cap_kind}" label="${capKindWords[language][message.cap_kind]}"/>
<link rel="alternate" type="text/html" hreflang="${language}" href="${origin}${paths.page[language]}#situation-${message.situation_id}"/>
<link rel="alternate" type="application/cap+xml" href="${origin}${paths.message(message)}"/>
<content type="text">${[disclaimer(language, mode), text].filter(Boolean).join('\n')}</content>
</entry>
`
}
