import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { timeWords, toCivilInput } from '#ground/html/civil.ts'
import type { PackContact, PackData } from './read-pack-data.ts'

const fonts = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-jp/package.json')
const font = (weight: string) => readFileSync(fonts.replace('package.json', weight))

/** A4 in points (1/72 inch). */
const page = { width: 595, height: 842, margin: 42, foot: 60 }
const inner = page.width - 2 * page.margin
const size = { title: 22, heading: 14, body: 9.5, small: 8 }

/** Sets a pack as a PDF: numbered pages, each with its label, its moment and how many there are. Takes seconds: for a thread of its own. */
export async function renderPack(data: PackData): Promise<{ pdf: Buffer; pages: number }> {
  // Paper outlives the year.
  const stamp = `${toCivilInput(data.at).slice(0, 4)}年${timeWords('ja', data.at, data.at, { with_date: true })}`
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: page.margin, left: page.margin, right: page.margin, bottom: page.foot },
    bufferPages: true,
    lang: 'ja',
    displayTitle: true,
    info: {
      Title: `狼煙 持ち出し資料 ${toCivilInput(data.at)}`,
      Subject: 'TLP:AMBER+STRICT',
      CreationDate: data.at,
      Producer: 'Noroshi',
    },
  })
  document.registerFont('plain', font('400Regular/NotoSansJP_400Regular.ttf'))
  document.registerFont('bold', font('700Bold/NotoSansJP_700Bold.ttf'))
  const chunks: Buffer[] = []
  const finished = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  document.on('data', (chunk: Buffer) => chunks.push(chunk))

  cover(document, data, stamp)
  for (const situation of data.situations) {
    heading(document, `状況ボード　${situation.title}`, true)
    table(document, ['機関', '状況', '報告'], situation.rows, [0.5, 0.2, 0.3])
    heading(document, '対策本部の記録（新しい順）')
    table(document, ['日時', 'だれが', '何を'], situation.log, [0.3, 0.25, 0.45])
  }
  for (const [index, { title, institutions }] of data.kinds.entries()) {
    heading(document, `名簿と連絡網　${title}`, index === 0)
    for (const institution of institutions) entry(document, institution)
  }

  const { count } = document.bufferedPageRange()
  for (let number = 0; number < count; number++) {
    document.switchToPage(number)
    // Below the margin nothing may be set, unless there is none.
    document.page.margins.bottom = 0
    document.font('plain').fontSize(size.small).fillColor('#1a1a1c')
    const line = page.height - page.margin
    document.text(`TLP:AMBER+STRICT　${stamp} 現在`, page.margin, line, { lineBreak: false })
    document.text(`${number + 1} / ${count}`, page.margin, line, { width: inner, align: 'right', lineBreak: false })
  }
  document.end()
  await finished
  return { pdf: Buffer.concat(chunks), pages: count }
}

type Document = InstanceType<typeof PDFDocument>

function cover(document: Document, { holder, counts, situations }: PackData, stamp: string) {
  document.font('bold').fontSize(size.title).text('狼煙 Noroshi　持ち出し資料')
  document.font('plain').fontSize(size.heading).moveDown(0.5).text(holder)
  document
    .moveDown()
    .font('bold')
    .text(`${stamp} 現在`)
    .font('plain')
    .fontSize(size.body)
    .moveDown()
    .text(`収録　${counts.institutions} 機関、担当者 ${counts.contacts} 人、対応中の事案 ${situations.length} 件`)
    .moveDown()
    .text(
      'TLP:AMBER+STRICT　事務局・対策本部の外へ出さないでください。新しい版を受け取ったら、古い版は裁断してください。',
    )
    .text(
      '各ページの下に、いつの内容か、全何ページの何ページ目かが印刷されています。そろっていることを確かめてください。',
    )
    .text('ファイルには署名があります。改ざんの有無は noroshi verify-pack で確かめられます。')
    .moveDown()
    .text('名簿の数字は連絡網の順番です。1 の人から順に、つながるまで、書かれた手段の順に連絡します。')
  if (situations.length === 0) document.moveDown().text('この資料を作った時点で、対応中の事案はありませんでした。')
}

function heading(document: Document, text: string, on_new_page = false) {
  if (on_new_page || document.y > page.height - page.foot - 90) document.addPage()
  document.moveDown(0.6).font('bold').fontSize(size.heading).fillColor('#1a1a1c').text(text, page.margin).moveDown(0.3)
}

/** An institution with its contacts; it begins on a page that holds its name and the first of them. */
function entry(document: Document, { name, sub, contacts }: PackData['kinds'][number]['institutions'][number]) {
  if (document.y > page.height - page.foot - 70) document.addPage()
  rule(document)
  document.font('bold').fontSize(size.body).text(name, page.margin, document.y, { continued: true })
  document.font('plain').fontSize(size.small).text(`　${sub}`)
  if (contacts.length === 0) document.fontSize(size.body).text('担当者の登録がありません')
  for (const contact of contacts) call(document, contact)
  document.moveDown(0.3)
}

function call(document: Document, { order, name, sub, ways }: PackContact) {
  const text = `${order}. ${name}　${sub}`
  const reach = ways.join('　') || '連絡手段の登録がありません'
  document.fontSize(size.body)
  if (document.y > page.height - page.foot - 34) document.addPage()
  document.font('plain').text(text, page.margin + 8, document.y, { width: inner - 8 })
  document.font('bold').text(reach, page.margin + 20, document.y, { width: inner - 20 })
}

function table(document: Document, head: string[], rows: string[][], widths: number[]) {
  const row = (cells: string[], weight: 'plain' | 'bold') => {
    document.font(weight).fontSize(size.body)
    const height = Math.max(
      ...cells.map((cell, column) => document.heightOfString(cell, { width: inner * (widths[column] ?? 0) - 6 })),
    )
    if (document.y + height > page.height - page.foot) document.addPage()
    const top = document.y
    let left = page.margin
    for (const [column, cell] of cells.entries()) {
      const width = inner * (widths[column] ?? 0)
      document.text(cell, left, top, { width: width - 6 })
      left += width
    }
    document.x = page.margin
    document.y = top + height + 2
  }
  row(head, 'bold')
  rule(document)
  for (const cells of rows) row(cells, 'plain')
  if (rows.length === 0) document.text('なし')
}

function rule(document: Document) {
  document
    .moveTo(page.margin, document.y)
    .lineTo(page.width - page.margin, document.y)
    .lineWidth(0.5)
    .strokeColor('#949494')
    .stroke()
  document.y += 3
}
