import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { quoted, refuse } from './rejection.ts'
import { decodeReferences } from './xml-references.ts'

/** One element with its namespace resolved; text is its own, entities decoded, blanks kept. */
export type Element = {
  name: string
  namespace: string
  attributes: ReadonlyMap<string, string>
  children: readonly Element[]
  text: string
}

/** Bytes; the largest telegram seen has about 400 KB. */
export const telegram_bytes_max = 2 * 1024 * 1024
/** Tags, opening and closing; the richest telegram seen has about 34,000. */
const tags_max = 200_000
const depth_max = 60
/** Prefixes in scope; real telegrams declare up to four. Each one is looked at again for every element that declares another. */
const prefixes_max = 50

/** The root element of an XML document in UTF-8 without a document type; anything else is refused. */
export function readXml(bytes: Uint8Array): Element {
  const source = decodeText(bytes)
  refuseDeclarations(source)
  const valid = XMLValidator.validate(source)
  if (valid !== true) {
    const { msg, line } = valid.err
    notWellFormed(
      `${Number(line) || 1} 行目。解析器の説明: ${quoted(msg)}`,
      `line ${Number(line) || 1}: ${quoted(msg)}`,
    )
  }
  let parsed: Parsed[]
  try {
    parsed = new XMLParser(options).parse(source)
  } catch (error) {
    const why = quoted(error instanceof Error ? error.message : String(error))
    if (/nested/i.test(why)) tooComplex('入れ子が深すぎます', 'elements are nested too deeply')
    notWellFormed(`解析器の説明: ${why}`, why)
  }
  return onlyRoot(parsed)
}

type Parsed = Record<string, unknown>

const options = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: '#cdata',
  maxNestedTags: depth_max,
  jPath: false,
}

function decodeText(bytes: Uint8Array): string {
  if (bytes.length === 0) refuse('empty', 'ファイルが空です。', 'The file is empty.')
  if (bytes.length > telegram_bytes_max) {
    const megabytes = (bytes.length / 1024 / 1024).toFixed(1)
    refuse(
      'too_large',
      `ファイルが大きすぎます（${megabytes} MB、上限 2 MB）。`,
      `The file is too large (${megabytes} MB, limit 2 MB).`,
    )
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    notUtf8()
  }
  if (text.includes('\0')) notUtf8()
  const declared = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1]
  if (declared !== undefined && declared.toLowerCase() !== 'utf-8') notUtf8(declared)
  return text
}

function notUtf8(declared?: string): never {
  const as = declared === undefined ? '' : quoted(declared)
  refuse(
    'encoding',
    `文字コードが UTF-8 ではありません${as && `（宣言: ${as}）`}。`,
    `The file is not in UTF-8${as && ` (it declares ${as})`}.`,
  )
}

// Telegrams never carry a document type. It is refused before any parser sees it, wherever it stands and however it is written.
function refuseDeclarations(source: string) {
  if (!/^\s*</.test(source))
    refuse('not_well_formed', 'XML ではありません（「<」で始まっていません）。', 'Not XML: it does not begin with "<".')
  if (/<!\s*(doctype|entity)/i.test(source) || /<!\s*(element|attlist|notation)\s/i.test(source))
    refuse(
      'doctype',
      '文書型宣言（DOCTYPE・ENTITY）を含むため、安全のため読み込みません。',
      'It contains a document type declaration (DOCTYPE or ENTITY) and is not read, for safety.',
    )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 forbids
  const forbidden = /[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.exec(source)
  if (forbidden) {
    const hex = forbidden[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    notWellFormed(`使えない制御文字 U+${hex}`, `forbidden control character U+${hex}`)
  }
  let tags = 0
  for (let at = source.indexOf('<'); at !== -1; at = source.indexOf('<', at + 1))
    if (++tags > tags_max) tooComplex('要素が多すぎます', 'it has too many elements')
}

function onlyRoot(parsed: Parsed[]): Element {
  const elements: Element[] = []
  for (const item of parsed) {
    if (isText(item)) {
      if (textOf(item).trim() !== '') notWellFormed('ルート要素の外に文字があります', 'text outside the root element')
    } else elements.push(toElement(item, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']])))
  }
  if (elements.length !== 1) notWellFormed('ルート要素が一つではありません', 'there is not exactly one root element')
  return elements[0]!
}

function toElement(item: Parsed, inherited: ReadonlyMap<string, string>): Element {
  const tag = Object.keys(item).find((key) => key !== ':@')!
  const attributes = new Map<string, string>()
  let prefixes = inherited
  for (const [key, value] of Object.entries((item[':@'] ?? {}) as Record<string, unknown>)) {
    const name = key.slice(1)
    const text = decode(String(value))
    const declared = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : null
    if (declared === null) attributes.set(name, text)
    else {
      prefixes = new Map(prefixes).set(declared, text)
      if (prefixes.size > prefixes_max) tooComplex('名前空間の宣言が多すぎます', 'it declares too many namespaces')
    }
  }
  const colon = tag.indexOf(':')
  const prefix = colon === -1 ? '' : tag.slice(0, colon)
  const namespace = prefixes.get(prefix)
  if (namespace === undefined && prefix !== '')
    notWellFormed(`接頭辞 ${quoted(prefix)} の名前空間が宣言されていません`, `undeclared prefix ${quoted(prefix)}`)
  const children: Element[] = []
  let text = ''
  for (const child of item[tag] as Parsed[]) {
    if (isText(child)) text += textOf(child)
    else children.push(toElement(child, prefixes))
  }
  return { name: tag.slice(colon + 1), namespace: namespace ?? '', attributes, children, text }
}

const isText = (item: Parsed) => '#text' in item || '#cdata' in item

function textOf(item: Parsed): string {
  if ('#text' in item) return decode(String(item['#text']))
  return (item['#cdata'] as Parsed[]).map((part) => String(part['#text'])).join('')
}

function decode(text: string): string {
  const decoded = decodeReferences(text)
  if (typeof decoded === 'string') return decoded
  const name = quoted(decoded.unknown)
  notWellFormed(`知らない実体参照 ${name}`, `unknown entity ${name}`)
}

function notWellFormed(ja: string, en: string): never {
  refuse('not_well_formed', `XML として正しくありません（${ja}）。`, `Not well-formed XML (${en}).`)
}

function tooComplex(ja: string, en: string): never {
  refuse('too_complex', `XML の構造が大きすぎます（${ja}）。`, `The XML is too complex (${en}).`)
}
