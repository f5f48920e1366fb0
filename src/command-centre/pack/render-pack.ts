import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { timeWords, toCivilInput } from '#ground/html/civil.ts'
import { ink, inner, markSheets, type Section, sheet, size } from './pack-sheet.ts'
import type { PackContact, PackData } from './read-pack-data.ts'

const fonts = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-jp/package.json')
const font = (weight: string) => readFileSync(fonts.replace('package.json', weight))

const label = 'TLP:AMBER+STRICT'

/**
 * Sets a pack as a PDF: what is real, the directory, and last, in a part of their own, the drills. Every sheet says what it
 * is. Takes seconds: for a thread of its own.
 */
export async function renderPack(data: PackData): Promise<{ pdf: Buffer; pages: number }> {
  // Paper outlives the year.
  const stamp = `${toCivilInput(data.at).slice(0, 4)}年${timeWords('ja', data.at, data.at, { with_date: true })}`
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: sheet.head, left: sheet.margin, right: sheet.margin, bottom: sheet.foot },
    bufferPages: true,
    lang: 'ja',
    displayTitle: true,
    info: {
      Title: `狼煙 持ち出し資料 ${toCivilInput(data.at)}`,
      Subject: label,
      CreationDate: data.at,
      Producer: 'Noroshi',
    },
  })
  document.registerFont('plain', font('400Regular/NotoSansJP_400Regular.ttf'))
  document.registerFont('bold', font('700Bold/NotoSansJP_700Bold.ttf'))
  const chunks: Buffer[] = []
  const finished = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  document.on('data', (chunk: Buffer) => chunks.push(chunk))

  /** What each sheet belongs to, the cover first. */
  const sections: Section[] = [null]
  let section: Section = null
  document.on('pageAdded', () => sections.push(section))
  /** Begins a part on a sheet of its own. */
  const begin = (next: NonNullable<Section>) => {
    section = next
    document.addPage()
  }

  cover(document, data, stamp)
  const boards = (situations: PackData['situations']) => {
    for (const { title, mode, rows, log, log_is_cut } of situations) {
      begin({ title: '状況ボード', situation: title, mode })
      table(document, ['機関', '状況', '報告'], rows, [0.5, 0.2, 0.3])
      const part = log_is_cut ? `新しい順に${log.length}件。これより古い記録はこの資料にありません` : '新しい順'
      begin({ title: `事案の記録（${part}）`, situation: title, mode })
      table(document, ['日時', 'だれが', '何を'], log, [0.3, 0.25, 0.45])
    }
  }
  boards(data.situations.filter(({ mode }) => mode === 'actual'))
  for (const [index, { title, institutions }] of data.kinds.entries()) {
    const next = { title: `名簿と連絡網　${title}` }
    if (index === 0) begin(next)
    section = next
    heading(document, next.title)
    for (const institution of institutions) entry(document, institution)
  }
  begin({ title: '連絡先情報（連絡窓口）' })
  table(document, ['機関', '連絡窓口', '代替オフィス', 'いまの勤務場所'], data.points, [0.24, 0.3, 0.26, 0.2])
  boards(data.situations.filter(({ mode }) => mode !== 'actual'))

  const { count } = document.bufferedPageRange()
  markSheets(document, sections, label, stamp)
  document.end()
  await finished
  return { pdf: Buffer.concat(chunks), pages: count }
}

type Document = InstanceType<typeof PDFDocument>

function cover(document: Document, { holder, counts, situations }: PackData, stamp: string) {
  const drills = situations.filter(({ mode }) => mode !== 'actual').length
  document.font('bold').fontSize(size.title).text('狼煙 Noroshi　持ち出し資料')
  document.font('plain').fontSize(size.heading).moveDown(0.5).text(holder)
  document
    .moveDown()
    .font('bold')
    .text(`${stamp} 現在`)
    .font('plain')
    .fontSize(size.body)
    .moveDown()
    .text(
      `収録　${counts.institutions} 機関、担当者 ${counts.contacts} 人、対応中の事案（実際のもの） ${situations.length - drills} 件、訓練・試験 ${drills} 件`,
    )
    .text(
      drills > 0
        ? '訓練・試験の状況ボードは、名簿の後ろに別の部としてあります。両端のしま模様と「訓練」「試験」の帯が目印です。'
        : '',
    )
    .moveDown()
    .text(
      'TLP:AMBER+STRICT　事務局・対策本部の外へ出さないでください。新しい版を受け取ったら、古い版は裁断してください。',
    )
    .text(
      '各ページの上に、何の資料か、下に、いつの内容か、全何ページの何ページ目かが印刷されています。そろっていることを確かめてください。',
    )
    .text('ファイルには署名があります。改ざんの有無は noroshi verify-pack で確かめられます。')
    .moveDown()
    .text('名簿の数字は連絡網の順番です。1 の人から順に、つながるまで、書かれた手段の順に連絡します。')
  if (situations.length === 0) document.moveDown().text('この資料を作った時点で、対応中の事案はありませんでした。')
}

function heading(document: Document, text: string) {
  if (document.y > sheet.height - sheet.foot - 90) document.addPage()
  document.moveDown(0.6).font('bold').fontSize(size.heading).fillColor(ink).text(text, sheet.margin).moveDown(0.3)
}

/** An institution with its contacts; it begins on a page that holds its name and the first of them. */
function entry(document: Document, { name, sub, contacts }: PackData['kinds'][number]['institutions'][number]) {
  if (document.y > sheet.height - sheet.foot - 70) document.addPage()
  rule(document)
  document.font('bold').fontSize(size.body).text(name, sheet.margin, document.y, { continued: true })
  document.font('plain').fontSize(size.small).text(`　${sub}`)
  if (contacts.length === 0) document.fontSize(size.body).text('担当者の登録がありません')
  for (const contact of contacts) call(document, name, contact)
  document.moveDown(0.3)
}

/** Somebody to call; on the next sheet under the name of the institution again. */
function call(document: Document, institution: string, { order, name, sub, ways }: PackContact) {
  const text = `${order}. ${name}　${sub}`
  const reach = ways.join('　') || '連絡手段の登録がありません'
  document.fontSize(size.body)
  if (document.y > sheet.height - sheet.foot - 34) {
    document.addPage()
    document.font('bold').text(`${institution}（続き）`, sheet.margin)
  }
  document.font('plain').text(text, sheet.margin + 8, document.y, { width: inner - 8 })
  document.font('bold').text(reach, sheet.margin + 20, document.y, { width: inner - 20 })
}

function table(document: Document, head: string[], rows: string[][], widths: number[]) {
  const row = (cells: string[], weight: 'plain' | 'bold') => {
    document.font(weight).fontSize(size.body).fillColor(ink)
    const height = Math.max(
      ...cells.map((cell, column) => document.heightOfString(cell, { width: inner * (widths[column] ?? 0) - 6 })),
    )
    if (document.y + height > sheet.height - sheet.foot) {
      document.addPage()
      heads()
    }
    document.font(weight)
    const top = document.y
    let left = sheet.margin
    for (const [column, cell] of cells.entries()) {
      const width = inner * (widths[column] ?? 0)
      document.text(cell, left, top, { width: width - 6 })
      left += width
    }
    document.x = sheet.margin
    document.y = top + height + 2
  }
  const heads = () => {
    row(head, 'bold')
    rule(document)
    document.font('plain')
  }
  heads()
  for (const cells of rows) row(cells, 'plain')
  if (rows.length === 0) document.text('なし')
}

function rule(document: Document) {
  document
    .moveTo(sheet.margin, document.y)
    .lineTo(sheet.width - sheet.margin, document.y)
    .lineWidth(0.5)
    .strokeColor('#949494')
    .stroke()
  document.y += 3
}
