import { timeWords } from '#ground/html/civil.ts'
import { type Language, languages } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { unknownLast } from '#ground/market/last-said.tsx'
import { statusWords } from '#ground/market/words.ts'
import { pathsOf } from './paths.ts'
import type { CapMessage, Snapshot } from './snapshot.ts'
import { withOffset } from './times.ts'
import {
  centreSentences,
  correctionWords,
  disclaimer,
  hazardWords,
  partWords,
  publisherNames,
  stepWords,
} from './words.ts'
import { xml, xmlDocument } from './xml.ts'

const statuses = { actual: 'Actual', exercise: 'Exercise', test: 'Test' } as const
const xmlLanguages = { ja: 'ja-JP', en: 'en-US' } as const

/** One publication as a CAP 1.2 message (urn:oasis:names:tc:emergency:cap:1.2), in both languages; the order of elements is the standard's. */
export function renderCap(message: CapMessage, mode: Snapshot['mode'], origin: string): string {
  const note = noteOf(message, mode)
  return xmlDocument(xml`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>${message.identifier}</identifier>
<sender>${message.sender}</sender>
<sent>${message.sent}</sent>
<status>${statuses[mode]}</status>
<msgType>${message.cap_kind}</msgType>
<scope>Public</scope>
${note && xml`<note>${note}</note>\n`}${message.references && xml`<references>${message.references}</references>\n`}<incidents>${message.situation_id}</incidents>
${infoOf(message, mode, origin, 'ja')}
${infoOf(message, mode, origin, 'en')}
</alert>`)
}

/** An exercise names itself, and a correction what it corrects, in both languages (CAP 1.2, `note`). */
const noteOf = ({ title_ja, title_en, corrects }: CapMessage, mode: Snapshot['mode']) =>
  [
    mode === 'actual' ? '' : `${markedTitle('ja', mode, title_ja)} / ${markedTitle('en', mode, title_en)}`,
    corrects.length === 0
      ? ''
      : languages
          .map((language) => correctionWords[language].corrects(corrects.join(correctionWords[language].and)))
          .join(' / '),
  ]
    .filter(Boolean)
    .join('\n')

function infoOf(message: CapMessage, mode: Snapshot['mode'], origin: string, language: Language) {
  const { category, urgency, severity, certainty, response } = ratingOf(message)
  const text = language === 'ja' ? message.text_ja : message.text_en
  const bare = language === 'ja' ? message.title_ja : message.title_en
  const title = message.corrects.length > 0 ? correctionWords[language].title(bare) : bare
  const event = {
    ja: `証券市場の${message.command_centre === 'none' ? '情報収集' : '事案'}（${hazardWords.ja[message.hazard]}）`,
    en: `Securities market ${message.command_centre === 'none' ? 'information' : 'emergency'} (${hazardWords.en[message.hazard]})`,
  }[language]
  return xml`<info>
<language>${xmlLanguages[language]}</language>
<category>${category}</category>
<event>${markedTitle(language, mode, event)}</event>
<responseType>${response}</responseType>
<urgency>${urgency}</urgency>
<severity>${severity}</severity>
<certainty>${certainty}</certainty>
<effective>${message.sent}</effective>
<onset>${withOffset(new Date(message.event_at))}</onset>
<expires>${message.expires}</expires>
<senderName>${publisherNames[language]}</senderName>
<headline>${markedTitle(language, mode, title)}</headline>
<description>${[disclaimer(language, mode), text, centreSaid(message, language), activationLines(message, language), linesOf(message, language)].filter(Boolean).join('\n')}</description>
<web>${origin}${pathsOf(mode).page[language]}</web>
${message.activations.map(activationParameter)}${message.functions.map(parameter)}<area>
<areaDesc>${{ ja: '日本の証券市場', en: 'The securities market of Japan' }[language]}</areaDesc>
</area>
</info>`
}

/** Of what is over, the closing speaks. */
const centreSaid = ({ cap_kind, command_centre }: CapMessage, language: Language) =>
  cap_kind === 'Cancel' ? '' : centreSentences[language][command_centre]

/** BCP 公社債: 発動（12:00 JST） */
export const activationLines = ({ activations, sent }: CapMessage, language: Language) =>
  activations
    .map(({ step, effective_at, market_ja, market_en }) => {
      const from = effective_at && timeWords(language, new Date(effective_at), new Date(sent))
      const since = from && (language === 'ja' ? `（${from}から）` : ` (from ${from})`)
      return `BCP ${language === 'ja' ? market_ja : market_en}: ${stepWords[language][step]}${since ?? ''}`
    })
    .join('\n')

/** For machines: `bonds.bcp` = `activated`. */
const activationParameter = ({ market, step }: CapMessage['activations'][number]) =>
  xml`<parameter>
<valueName>${market}.bcp</valueName>
<value>${step}</value>
</parameter>
`

/** How each function stood when the message was made, a line each. */
export const linesOf = ({ functions, sent }: Pick<CapMessage, 'functions' | 'sent'>, language: Language) => {
  const words = statusWords[language]
  const conditionOf = ({ condition, last_condition, as_of }: CapMessage['functions'][number]) =>
    last_condition === null || last_condition === 'unknown'
      ? words.conditions[condition]
      : unknownLast(language, { condition: last_condition, at: new Date(as_of) }, new Date(sent))
  return functions
    .map((row) => {
      const names = language === 'ja' ? row.source_ja : row.source_en
      const whose = [partWords(row, language), names].filter(Boolean).join(language === 'ja' ? '：' : ': ')
      const of = whose && (language === 'ja' ? `（${whose}）` : ` (${whose})`)
      return `${words.markets[row.market]} / ${words.functions[row.function_code]}: ${conditionOf(row)}${of}`
    })
    .join('\n')
}

/**
 * For machines: `exchange.clearing` = `stopped`, in the codes of the JSON rendering. What is not true of every institution
 * that has the function says of how many: `exchange.clearing.institutions` = `1/3`. What had expired when the message was made is
 * `unknown`, and `exchange.clearing.last_condition` = `stopped` is what was last said.
 */
const parameter = ({
  market,
  function_code,
  condition,
  last_condition,
  concerned,
  total,
}: CapMessage['functions'][number]) => {
  const named = (name: string, value: string) => xml`<parameter>
<valueName>${name}</valueName>
<value>${value}</value>
</parameter>
`
  const name = `${market}.${function_code}`
  return [
    named(name, condition),
    last_condition !== null && named(`${name}.last_condition`, last_condition),
    concerned < total && named(`${name}.institutions`, `${concerned}/${total}`),
  ]
}

/**
 * How CAP's ratings follow from what was published. The worst function decides:
 * stopped → Immediate, Severe (Extreme when every one of several has stopped, with every institution), Observed; partial → Immediate, Moderate, Observed;
 * alternative → Immediate, Minor, Observed: it is not over, and the function is there; resumed or normal → Past, Minor, Observed; only unknown, or nothing said → Unknown in all three. A Cancel is Past, Minor, Observed: all clear.
 */
export function ratingOf({ cap_kind, hazard, functions }: Pick<CapMessage, 'cap_kind' | 'hazard' | 'functions'>) {
  const category =
    hazard === 'terror' || hazard === 'cyber' ? 'Security' : hazard === 'epidemic' ? ('Health' as const) : 'Infra'
  const has = (condition: CapMessage['functions'][number]['condition']) =>
    functions.some((row) => row.condition === condition)
  if (cap_kind === 'Cancel')
    return { category, urgency: 'Past', severity: 'Minor', certainty: 'Observed', response: 'AllClear' }
  const response = 'Monitor'
  if (has('stopped')) {
    const all =
      functions.length > 1 && functions.every((row) => row.condition === 'stopped' && row.concerned === row.total)
    return { category, urgency: 'Immediate', severity: all ? 'Extreme' : 'Severe', certainty: 'Observed', response }
  }
  if (has('partial')) return { category, urgency: 'Immediate', severity: 'Moderate', certainty: 'Observed', response }
  if (has('unknown') || functions.length === 0)
    return { category, urgency: 'Unknown', severity: 'Unknown', certainty: 'Unknown', response }
  if (has('alternative')) return { category, urgency: 'Immediate', severity: 'Minor', certainty: 'Observed', response }
  return { category, urgency: 'Past', severity: 'Minor', certainty: 'Observed', response }
}
