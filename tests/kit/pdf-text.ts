import { inflateSync } from 'node:zlib'

/** What stands on each page of a PDF that the program made, read back from the file itself: its letters, and how many paths it strokes. */
export function pdfPages(pdf: Buffer): { text: string; strokes: number }[] {
  const whole = pdf.toString('latin1')
  const objects = new Map(
    [...whole.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)].map(([, id, body]) => [id ?? '', body ?? '']),
  )
  const refers = (body: string, name: string) =>
    objects.get(new RegExp(`/${name} (\\d+) 0 R`).exec(body)?.[1] ?? '') ?? ''
  const root = [...objects.values()].find((body) => /\/Type \/Pages\b/.test(body)) ?? ''
  const kids = [...(/\/Kids \[([^\]]*)\]/.exec(root)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, id]) => id ?? '')
  return kids.map((id) => {
    const page = objects.get(id) ?? ''
    const fonts = new Map(
      [...refers(page, 'Resources').matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, font]) => [
        name ?? '',
        lettersOf(streamIn(refers(objects.get(font ?? '') ?? '', 'ToUnicode'))),
      ]),
    )
    const content = streamIn(refers(page, 'Contents'))
    return { text: textIn(content, fonts), strokes: content.match(/^S$/gm)?.length ?? 0 }
  })
}

function streamIn(body: string): string {
  const start = body.indexOf('stream\n') + 'stream\n'.length
  const bytes = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1')
  return (/\/FlateDecode/.test(body.slice(0, start)) ? inflateSync(bytes) : bytes).toString('latin1')
}

/** Which letters a font's numbers mean. */
function lettersOf(cmap: string): string[] {
  const letters: string[] = []
  for (const [, from = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g))
    for (const [index, [, code = '']] of [...list.matchAll(/<([0-9a-f ]+)>/g)].entries())
      letters[Number.parseInt(from, 16) + index] = Buffer.from(code.replaceAll(' ', ''), 'hex')
        .swap16()
        .toString('utf16le')
  return letters
}

/** The letters in the order in which they are set; a line for each time that something is shown. */
function textIn(content: string, fonts: ReadonlyMap<string, string[]>): string {
  let font: string[] = []
  const lines: string[] = []
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[\s\d.-])*)\] TJ/g)) {
    if (name) font = fonts.get(name) ?? []
    else
      lines.push(
        [...(shown ?? '').matchAll(/<([0-9a-f]*)>/g)]
          .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
          .map((glyph) => font[Number.parseInt(glyph, 16)] ?? '?')
          .join(''),
      )
  }
  return lines.join('\n')
}
