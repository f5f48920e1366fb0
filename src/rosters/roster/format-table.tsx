import { contactWords, duties, hours } from '#directory/contacts/index.ts'
import { kinds, kindWords, memberships, membershipWords } from '#directory/institutions/index.ts'
import { Details } from '#ground/html/details.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { functionCodes, markets, statusWords } from '#ground/market/words.ts'
import { columnsOf, type TableKind } from './columns.ts'

type Meanings = Record<string, string>

const texts = inBoth<{
  lead: string
  tables: Record<TableKind, string>
  column: string
  meaning: string
  lists: string
  required: string
  optional: string
  of: Meanings
}>({
  ja: {
    lead: '1 行目は見出しです。英語名・日本語名のどちらでもよく、列の順番は自由です。見出しで表の種類を見分けます。必須でない列がなければ、その項目は変わりません。列があって空欄でも変わりません。空にするには「削除」か「clear」と書きます（簡易な名簿では使えません）。「#」で始まる行は、見出しより上にあれば読み飛ばします。',
    tables: {
      institutions: '機関の表（1 行 1 機関。Excel では 1 つのシート）',
      contacts: '担当者の表（1 行 1 人。Excel では 1 つのシート）',
      compact: '簡易な名簿（1 行 1 機関。正・副担当者を含む）',
    },
    column: '見出し',
    meaning: '内容',
    lists: '「;」で区切る：',
    required: '必須',
    optional: '空欄でもよい',
    of: {
      code: '半角の英大文字・数字・ハイフンで 2〜20 文字',
      institution_code: '登録済みか、機関の表にある機関コード',
      reading: 'かな',
      lei: 'ISO 17442 の 20 桁（検査数字を確かめる）',
      mic: 'ISO 10383 の 4 文字',
      parent_code: '親機関の機関コード',
      district: '地区協会の一覧にあるコードか名称',
      registration_kind: '登録・免許の種類。100 文字まで',
      registration_number: '登録・免許の番号。100 文字まで',
      supervisor_code: '所管する当局の機関コード（種別は監督当局）',
      asked: 'yes（照会する）か no（情報共有のみ）。新しい機関で空欄なら、監督当局と中央銀行は no、ほかは yes',
      area: '気象庁の細分区域のコード 3 桁か名称（東京都２３区は 350）',
      active_from: '日付（2027-01-15）。新しい機関で空欄なら今日',
      active_to: '日付。この日まで参加',
      rank: '1〜99。連絡する順。同じ機関で重ならない',
      mail: 'メールアドレス。担当者の表では「;」で区切って複数。ほかの人と重ならない',
      number: '電話番号。内線は「内線12」。担当者の表では「;」で区切って複数',
      called_by: 'だれから連絡が回るか。同じ機関なら順番（2）、ほかなら SEC-001:1。空欄は事務局',
    },
  },
  en: {
    lead: 'Line 1 is the header, in English or Japanese names and any order; it tells which table it is. A column that is not required and not there leaves what is known. Nor does an empty cell change it: write “clear” or “削除” to clear it (not in a compact roster). Lines above the header that begin with “#” are passed over.',
    tables: {
      institutions: 'Table of institutions (one a line; in Excel one sheet)',
      contacts: 'Table of contacts (one a line; in Excel one sheet)',
      compact: 'Compact roster (one institution a line, with primary contact and deputy)',
    },
    column: 'Header',
    meaning: 'Content',
    lists: 'Separated by “;”: ',
    required: 'Required',
    optional: 'May be empty',
    of: {
      code: '2 to 20 capital letters A–Z, digits and hyphens',
      institution_code: 'Code of an institution that is registered or in the table of institutions',
      reading: 'Kana',
      lei: 'ISO 17442, 20 characters; the check digits are checked',
      mic: 'ISO 10383, 4 characters',
      parent_code: 'Code of the parent institution',
      district: 'Code or name of a district association of the list',
      registration_kind: 'Kind of registration, at most 100 characters',
      registration_number: 'Number of registration, at most 100 characters',
      supervisor_code: 'Code of the authority that supervises it (of the kind regulator)',
      asked: 'yes (asked) or no (informed only); of a new one, if empty, no for regulator and central bank, else yes',
      area: 'Area of the Japan Meteorological Agency, code or name (350 is the 23 wards of Tokyo)',
      active_from: 'Date (2027-01-15); today for a new institution if empty',
      active_to: 'Date; takes part until this day',
      rank: '1 to 99, the order of calls; each once in an institution',
      mail: 'Mail address, of nobody else; in the table of contacts several, separated by “;”',
      number: 'Number, with “ext. 12”; in the table of contacts several, separated by “;”',
      called_by: 'Who passes the call on: a place (2), or SEC-001:1 in another institution; empty is the secretariat',
    },
  },
})

/** Every column of every kind of roster with what it holds, from the same tables that read it. */
export function FormatTable() {
  const t = useTexts(texts)
  const { language } = useReading()
  const status = useTexts(statusWords)
  const people = useTexts(contactWords)
  const kindNames = useTexts(kindWords)
  const classNames = useTexts(membershipWords)
  const words = <T extends string>(codes: readonly T[], names: Record<T, string>) =>
    codes
      .map((code) => `${code}${language === 'ja' ? `（${names[code]}）` : ` (${names[code]})`}`)
      .join(language === 'ja' ? '、' : ', ')
  const meanings: Meanings = {
    ...t.of,
    kind: words(kinds, kindNames),
    membership: words(memberships, classNames),
    markets: t.lists + words(markets, status.markets),
    functions: t.lists + words(functionCodes, status.functions),
    duties: t.lists + words(duties, people.duties),
    hours: t.lists + words(hours, people.hours),
    first_responder: t.lists + words(['night', 'holiday'], people.hours),
  }
  const meaningOf = (column: string) =>
    meanings[column] ??
    meanings[/_area$|_mail$/.exec(column)?.[0].slice(1) ?? (/phone|mobile|satellite|fax/.test(column) ? 'number' : '')]
  return (
    <>
      <p>{t.lead}</p>
      {(['institutions', 'contacts', 'compact'] as const).map((kind) => (
        <Details key={kind} summary={t.tables[kind]}>
          <DataTable
            caption={t.tables[kind]}
            rows={Object.entries(columnsOf(kind))}
            rowKey={([name]) => name}
            columns={[
              {
                head: t.column,
                cell: ([name, { ja }]) => (
                  <>
                    <code>{name}</code>　{ja}
                  </>
                ),
              },
              {
                head: t.meaning,
                cell: ([name, { required }]) =>
                  [meaningOf(name), required ? t.required : t.optional].filter(Boolean).join(' / '),
              },
            ]}
          />
        </Details>
      ))}
    </>
  )
}
