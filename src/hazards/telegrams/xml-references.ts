const predefined = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** Text with the five predefined and the numeric references of XML 1.0 replaced, once; any other reference is named instead. */
export function decodeReferences(text: string): string | { unknown: string } {
  if (!text.includes('&')) return text
  let unknown: string | undefined
  const decoded = text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[^;&<\s]{1,40})?;?/gi, (reference, name?: string) => {
    const character = name && reference.endsWith(';') ? characterFor(name) : undefined
    if (character === undefined) unknown ??= reference
    return character ?? ''
  })
  return unknown === undefined ? decoded : { unknown }
}

function characterFor(name: string): string | undefined {
  if (!name.startsWith('#')) return predefined.get(name)
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  const allowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  return allowed ? String.fromCodePoint(code) : undefined
}
