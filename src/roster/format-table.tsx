import { inBoth } from '#html/language.ts'
import { useReading, useTexts } from '#html/render.tsx'
import { DataTable } from '#html/table.tsx'
import { kinds, kindWords } from '#institutions/index.ts'
import { functionCodes, markets, statusWords } from '#status/words.ts'
import { type Column, columnNames, columns } from './columns.ts'

type Meaning = Partial<Record<Column, string>>

const texts = inBoth<{
  lead: string
  caption: string
  column: string
  meaning: string
  code: string
  area: string
  centre: string
  mail: string
  optional: string
  deputy: string
  any: string
  lists: string
}>({
  ja: {
    lead: '1 行目は見出し、2 行目から 1 機関 1 行です。見出しは英語名・日本語名のどちらでもよく、列の順番は自由です。',
    caption: '列',
    column: '見出し',
    meaning: '内容',
    code: '半角の英大文字・数字・ハイフンで 2〜20 文字',
    area: '気象庁の細分区域のコード 3 桁（東京都２３区は 350）',
    centre: 'データセンターがなければ空欄',
    mail: 'メールアドレス 1 つ。ほかの機関・担当者と重ならないもの',
    optional: '空欄でもよい',
    deputy: '副担当者がいなければ空欄',
    any: '必須',
    lists: '「;」で区切る：',
  },
  en: {
    lead: 'Line 1 is the header; from line 2 on, one institution a line. Headers may be the English or the Japanese names, in any order.',
    caption: 'Columns',
    column: 'Header',
    meaning: 'Content',
    code: '2 to 20 capital letters A–Z, digits and hyphens',
    area: 'Area code of the Japan Meteorological Agency, 3 digits (350 is the 23 wards of Tokyo)',
    centre: 'Empty without a data centre',
    mail: 'One mail address, of no other institution or contact',
    optional: 'May be empty',
    deputy: 'Empty without a deputy',
    any: 'Required',
    lists: 'Separated by “;”: ',
  },
})

/** Every column of a roster with what it holds, from the same tables that read it. */
export function FormatTable() {
  const t = useTexts(texts)
  const { language } = useReading()
  const status = useTexts(statusWords)
  const kindNames = useTexts(kindWords)
  const words = <T extends string>(codes: readonly T[], names: Record<T, string>) =>
    codes
      .map((code) => `${code}${language === 'ja' ? `（${names[code]}）` : ` (${names[code]})`}`)
      .join(language === 'ja' ? '、' : ', ')
  const meaning: Meaning = {
    code: t.code,
    kind: words(kinds, kindNames),
    markets: t.lists + words(markets, status.markets),
    functions: t.lists + words(functionCodes, status.functions),
    head_office_area: t.area,
    data_centre_address: t.centre,
    data_centre_area: `${t.area}。${t.centre}`.replace('。', language === 'ja' ? '。' : '. '),
    primary_name_en: t.optional,
    primary_mail: t.mail,
    primary_phone: t.optional,
    deputy_name: t.deputy,
    deputy_name_en: t.optional,
    deputy_mail: t.deputy,
    deputy_phone: t.optional,
  }
  return (
    <>
      <p>{t.lead}</p>
      <DataTable
        caption={t.caption}
        rows={columnNames}
        rowKey={(name) => name}
        columns={[
          {
            head: t.column,
            cell: (name) => (
              <>
                <code>{name}</code>　{columns[name].ja}
              </>
            ),
          },
          { head: t.meaning, cell: (name) => meaning[name] ?? t.any },
        ]}
      />
    </>
  )
}
