import type PDFDocument from 'pdfkit'
import type { Mode } from '#ground/db/tables.ts'
import { modeWords } from '#ground/html/modes.ts'

type Document = InstanceType<typeof PDFDocument>

/** A4 in points (1/72 inch); `head`: where the text begins, below what every sheet says of itself. */
export const sheet = { width: 595, height: 842, margin: 42, head: 84, foot: 60 }
export const inner = sheet.width - 2 * sheet.margin
export const size = { title: 22, heading: 14, body: 9.5, small: 8 }
export const ink = '#1a1a1c'

/** What a sheet belongs to: its part of the pack and, of a board or a log, the situation and whether that is real. Null: the cover. */
export type Section = { title: string; situation?: string; mode?: Mode } | null

/**
 * Writes on every sheet what it is, when all are set: the mode as a band, what stands on it, its label, of which moment it is,
 * and which one of how many. Sheets come loose; one of a drill is told by its stripes and its word, in grey, too.
 */
export function markSheets(document: Document, sections: readonly Section[], label: string, stamp: string) {
  const { count } = document.bufferedPageRange()
  for (let number = 0; number < count; number++) {
    document.switchToPage(number)
    // Below the margin nothing may be set, unless there is none.
    document.page.margins.bottom = 0
    const section = sections[number] ?? null
    if (section) head(document, section)
    document.font('plain').fontSize(size.small).fillColor(ink)
    const line = sheet.height - sheet.margin
    document.text(`${label}　${stamp} 現在`, sheet.margin, line, { lineBreak: false })
    document.text(`${number + 1} / ${count}`, sheet.margin, line, { width: inner, align: 'right', lineBreak: false })
  }
}

function head(document: Document, { title, situation, mode }: NonNullable<Section>) {
  if (mode) band(document, mode)
  const text = [title, situation].filter(Boolean).join('　')
  document.font('bold').fontSize(size.body).fillColor(ink)
  document.text(text, sheet.margin, 50, { width: inner, height: 26, ellipsis: true })
}

/** The mode across the sheet: what is real white on black, a drill or test black on white in a double frame with striped sides. */
function band(document: Document, mode: Mode) {
  const is_real = mode === 'actual'
  const word = `${modeWords.ja[is_real ? 'actual_mark' : mode]}  ${modeWords.en[is_real ? 'actual_mark' : mode]}`
  const top = 22
  const height = 22
  if (is_real) document.rect(sheet.margin, top, inner, height).fill(ink)
  else {
    document.lineWidth(1.5).strokeColor(ink)
    document.rect(sheet.margin, top, inner, height).stroke()
    document.rect(sheet.margin + 3, top + 3, inner - 6, height - 6).stroke()
    for (const left of [8, sheet.width - 24]) stripes(document, left, mode)
  }
  document
    .font('bold')
    .fontSize(12)
    .fillColor(is_real ? '#ffffff' : ink)
    .text(is_real ? word : `${word}　　${word}　　${word}`, sheet.margin, top + 2, {
      width: inner,
      align: 'center',
      lineBreak: false,
    })
}

/** A striped edge from top to bottom: aslant for an exercise, level for a test. */
function stripes(document: Document, left: number, mode: Mode) {
  const width = 16
  const rise = mode === 'exercise' ? width : 0
  document.save().rect(left, 0, width, sheet.height).clip().lineWidth(6).strokeColor(ink)
  for (let y = -width; y < sheet.height + width; y += 18)
    document
      .moveTo(left - 4, y + rise)
      .lineTo(left + width + 4, y)
      .stroke()
  document.restore()
}
