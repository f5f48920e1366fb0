import type { Mode } from '#ground/db/tables.ts'
import type { Language } from '#ground/html/language.ts'
import { modeWords } from '#ground/html/modes.ts'
import { cleanText } from './sms-text.ts'

/** One thing said in one language. */
export type Utterance = { language: Language; text: string }

/** What a drill or a test begins with, in each language; what is real with nothing. */
export function spokenMark(language: Language, mode: Mode): string {
  if (mode === 'actual') return ''
  const words = modeWords[language]
  return language === 'ja' ? `${words[mode]}。${words[`${mode}_notice`]}` : `${words[mode]}. ${words[`${mode}_notice`]}`
}

/** A text that says 訓練 / EXERCISE before anything else, whatever was composed. */
export function withSpokenMark(mode: Mode, text: string): string {
  const mark = spokenMark('ja', mode)
  return text.startsWith(mark) ? text : [mark, spokenMark('en', mode), text].join('\n\n')
}

const again: Record<Language, string> = { ja: '繰り返します。', en: 'I repeat.' }

/**
 * All that a call says: the text twice, paragraph by paragraph, each in the language it is written in. In pieces that a
 * speaking machine takes.
 */
export function utterancesOf(text: string): Utterance[] {
  const paragraphs = cleanText(text)
    .split(/\n{2,}/)
    .map((paragraph) => ({ language: languageOf(paragraph), text: paragraph.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '')
  const once = paragraphs.flatMap(({ language, text }) => inPieces(language, text).map((text) => ({ language, text })))
  const [first] = once
  return first ? [...once, { language: first.language, text: again[first.language] }, ...once] : []
}

const languageOf = (text: string): Language => (/[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u.test(text) ? 'ja' : 'en')

/** A machine takes 4,500 letters at once as they stand in an address: nine for a kanji, twelve for the rarest. */
const piece_length_max = 370

/** As many whole sentences as a piece may hold; a longer one is cut. */
function inPieces(language: Language, text: string): string[] {
  const sentences = [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)]
  const pieces: string[][] = [[]]
  for (const { segment } of sentences)
    for (let rest = [...segment]; rest.length > 0; rest = rest.slice(piece_length_max)) {
      const piece = rest.slice(0, piece_length_max)
      if ((pieces.at(-1)?.length ?? 0) + piece.length > piece_length_max) pieces.push([])
      pieces.at(-1)?.push(...piece)
    }
  return pieces.map((piece) => piece.join('').trim()).filter(Boolean)
}

const voices: Record<Language, string> = {
  ja: 'language="ja-JP" voice="Polly.Mizuki"',
  en: 'language="en-US" voice="Polly.Joanna"',
}

/** Longer TwiML is refused by Twilio (its error 32018). */
export const twiml_length_max = 4000

/** What Twilio's machine says, in its own language; a breath before each piece. */
export function twiml(utterances: readonly Utterance[]): string {
  const said = utterances.map(({ language, text }) => `<Pause/><Say ${voices[language]}>${escapeXml(text)}</Say>`)
  return `<Response>${said.join('')}</Response>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const escapeXml = (text: string) => text.replace(/[&<>"']/g, (one) => entities[one] ?? one)
