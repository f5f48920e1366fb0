import { inBoth } from '#ground/html/language.ts'
import { columnLabel, columnPlace } from './columns.ts'

/** What is wrong in a roster and where: `line` as an editor counts, null for the whole file; `column` as in columns.ts, or as the file wrote it. */
export type Problem = {
  line: number | null
  column: string | null
  reason_ja: string
  reason_en: string
  /** Of a workbook with more than one table, the sheet. */
  sheet?: string
}

/** `{}` stands for the value that the reason names. */
const reasons = inBoth({
  ja: {
    empty_file: 'ファイルが空です',
    too_large: 'ファイルが大きすぎます（{} MB まで）',
    too_many_lines: '行が多すぎます（{} 行まで）',
    utf_16: 'UTF-16 のファイルは読めません。UTF-8 か Shift_JIS の CSV で保存してください',
    workbook: 'Excel などのファイルがそのまま送られています。CSV で保存してください',
    binary: 'CSV（文字だけのファイル）ではありません',
    broken_text: '文字コードが UTF-8 でも Shift_JIS でもないか、途中の文字が壊れています',
    quote_opened:
      '引用符（"）が項目の途中にあります。項目全体を引用符で囲み、中の引用符は 2 つ重ねてください。ここから後ろは読めません',
    quote_closed: '閉じる引用符（"）の後に余計な文字があります。ここから後ろは読めません',
    quote_open_to_end: '引用符（"）がファイルの終わりまで閉じていません。ここから後ろは読めません',
    unreadable: 'CSV として読めません。ここから後ろは読めません',
    no_lines: '見出しの行だけで、機関の行がありません',
    unreadable_workbook:
      'Excel ファイル（.xlsx）として読めません。値だけを新しいファイルに貼り付けて保存し直してください',
    workbook_too_large: 'Excel ファイルの中身が大きすぎます（展開して {} MB まで）',
    workbook_too_slow:
      'Excel ファイルを {} 秒で読み終えられません。名簿の表の値だけを新しいファイルに貼り付けてください',
    sheet_too_large: 'シートが大きすぎます（{} まで）。使っていない行や列を削除してください',
    formula_error: '数式がエラーになっています（{}）',
    table_twice: '同じ種類の表が 2 つのシートにあります。1 つにしてください',
    no_table: '機関の表も担当者の表もありません',
    unknown_column: '「{}」という列はありません',
    column_twice: '「{}」の列が 2 つあります',
    column_missing: 'この列がありません',
    cell_count: '項目の数が見出しと合いません（{}）',
    required: '入力がありません',
    not_cleared: '必須の項目です。「{}」で空にはできません',
    too_long: '長すぎます（{} 文字まで）',
    unprintable: '改行・制御文字・外字など、使えない文字が含まれています',
    code_form: '半角の英大文字・数字・ハイフンで 2〜20 文字にしてください',
    code_twice: '同じ機関コードが {} 行目にもあります',
    unknown_kind: '「{}」という種別はありません',
    unknown_market: '「{}」という市場はありません（exchange、off_exchange、bonds を「;」で区切る）',
    unknown_function:
      '「{}」という機能はありません（order_trading、clearing、settlement、custody、market_data、funds を「;」で区切る）',
    unknown_membership:
      '「{}」という会員区分はありません（member、specific_business_member、special_member、non_member）',
    membership_kind: '会員区分と種別が食い違います（{}）',
    unknown_district: '「{}」という地区協会はありません',
    supervisor_kind: '{} は監督当局ではないため、所管する当局にできません',
    supervisor_itself: '自分自身を所管する当局にはできません',
    supervises: '所管している機関（{} など）があるため、監督当局以外の種別にできません',
    unknown_asked: '「{}」は読み取れません（yes、no）',
    none_chosen: 'この種別の機関には 1 つ以上必要です',
    area_form: '気象庁の細分区域のコード（3 桁の数字。東京都２３区は 350）にしてください',
    mail_form: 'メールアドレスを 1 つだけ、正しい形で入力してください',
    mail_same: '正担当者と副担当者が同じメールアドレスです',
    mail_twice: '同じメールアドレスが別の機関の {} 行目にもあります',
    mail_taken: '登録済みの機関 {} の担当者が同じメールアドレスを使っています',
    phone_form: '電話番号の形ではありません（例：03-0000-0000）',
    lei_form: 'LEI（英数字 18 桁と検査数字 2 桁）が正しくありません',
    mic_form: 'MIC は半角の英大文字と数字で 4 文字にしてください',
    kana: 'かな（ひらがな・カタカナ）で入力してください',
    date_form: '日付を 2027-01-15 の形で入力してください',
    dates_order: '参加終了日が参加開始日より前です',
    rank_form: '順番は 1〜99 の数字にしてください',
    called_by_form: '連絡元は「2」（同じ機関の順番）か「SEC-001:1」（ほかの機関の順番）の形にしてください',
    unknown_duty:
      '「{}」という担当はありません（bcp、executive、system_risk、communications、funding、settlement を「;」で区切る）',
    unknown_hours: '「{}」という時間帯はありません（business、night、holiday を「;」で区切る）',
    first_responder_hours: '初動要員は、連絡できる時間帯に含まれていなければなりません',
    no_address: 'メールか電話番号のどれか 1 つが必要です',
    too_many_addresses: '連絡手段は 1 人 20 件までです',
    mail_again: '同じメールアドレスが {} 行目にもあります',
    mail_held: '{} がこのメールアドレスを使っています',
    rank_again: '同じ機関の同じ順番が {} 行目にもあります',
    rank_held: 'この順番には登録済みの {} がいます',
    lei_again: '同じ LEI が {} 行目にもあります',
    lei_held: '登録済みの機関 {} が同じ LEI を使っています',
    unknown_institution: '機関 {} がありません',
    unknown_caller: '連絡元の {} がいません',
    call_circle: '連絡元をたどると自分に戻ります',
    parent_circle: '親機関をたどると自分に戻ります',
    look_alike: '見まちがえやすいアドレスがほかにあります（{}）',
  },
  en: {
    empty_file: 'The file is empty',
    too_large: 'The file is too large (at most {} MB)',
    too_many_lines: 'Too many lines (at most {})',
    utf_16: 'UTF-16 cannot be read; save the file as CSV in UTF-8 or Shift_JIS',
    workbook: 'This is a spreadsheet file; save it as CSV',
    binary: 'This is not CSV (a file of plain text)',
    broken_text: 'The text is neither UTF-8 nor Shift_JIS, or is damaged here',
    quote_opened:
      'A quote (") stands inside a cell; quote the whole cell and double the quotes within. Nothing after this can be read',
    quote_closed: 'Something follows the closing quote ("). Nothing after this can be read',
    quote_open_to_end: 'A quote (") is not closed before the end of the file. Nothing after this can be read',
    unreadable: 'This is not CSV. Nothing after this can be read',
    no_lines: 'There is a header but no institution below it',
    unreadable_workbook: 'This cannot be read as an Excel file (.xlsx); paste the values into a new file and save that',
    workbook_too_large: 'The Excel file holds too much (at most {} MB unpacked)',
    workbook_too_slow:
      'The Excel file cannot be read within {} seconds; paste the values of the roster into a new file',
    sheet_too_large: 'The sheet is too large (at most {}); delete rows and columns that are not used',
    formula_error: 'A formula failed here ({})',
    table_twice: 'Two sheets hold the same kind of table; keep one',
    no_table: 'There is neither a table of institutions nor one of contacts',
    unknown_column: 'There is no column "{}"',
    column_twice: 'The column "{}" is there twice',
    column_missing: 'This column is missing',
    cell_count: 'The number of cells differs from the header ({})',
    required: 'Nothing is entered',
    not_cleared: 'It is required: "{}" cannot clear it',
    too_long: 'Too long (at most {} characters)',
    unprintable: 'It holds characters that cannot be used: line breaks, control or private-use characters',
    code_form: 'Use 2 to 20 capital letters A–Z, digits and hyphens',
    code_twice: 'The same code is on line {}',
    unknown_kind: 'There is no kind "{}"',
    unknown_market: 'There is no market "{}" (exchange, off_exchange, bonds; separated by ";")',
    unknown_function:
      'There is no function "{}" (order_trading, clearing, settlement, custody, market_data, funds; separated by ";")',
    unknown_membership: 'There is no class "{}" (member, specific_business_member, special_member, non_member)',
    membership_kind: 'The class of membership contradicts the kind ({})',
    unknown_district: 'There is no district association "{}"',
    supervisor_kind: '{} is no regulator and cannot supervise',
    supervisor_itself: 'An institution does not supervise itself',
    supervises: 'It supervises others (such as {}) and stays a regulator',
    unknown_asked: '"{}" cannot be read (yes, no)',
    none_chosen: 'An institution of this kind needs at least one',
    area_form: 'Use an area code of the Japan Meteorological Agency (3 digits; 350 is the 23 wards of Tokyo)',
    mail_form: 'Enter exactly one valid mail address',
    mail_same: 'The primary contact and the deputy have the same mail address',
    mail_twice: 'The same mail address is used by another institution on line {}',
    mail_taken: 'A contact of the institution {} already uses this mail address',
    phone_form: 'This is not a phone number (example: 03-0000-0000)',
    lei_form: 'This LEI is wrong (18 letters or digits and 2 check digits)',
    mic_form: 'A MIC is 4 capital letters A–Z or digits',
    kana: 'Use kana (hiragana or katakana)',
    date_form: 'Write the date as 2027-01-15',
    dates_order: 'The last day is before the first',
    rank_form: 'The order is a number from 1 to 99',
    called_by_form: 'Write who calls as "2" (their place in this institution) or "SEC-001:1" (in another one)',
    unknown_duty:
      'There is no duty "{}" (bcp, executive, system_risk, communications, funding, settlement; separated by ";")',
    unknown_hours: 'There are no hours "{}" (business, night, holiday; separated by ";")',
    first_responder_hours: 'A first responder must be reachable in those hours',
    no_address: 'At least one mail address or number is needed',
    too_many_addresses: 'A contact has at most 20 ways to be reached',
    mail_again: 'The same mail address is on line {}',
    mail_held: '{} uses this mail address',
    rank_again: 'The same place of the same institution is on line {}',
    rank_held: 'The registered {} has this place',
    lei_again: 'The same LEI is on line {}',
    lei_held: 'The registered institution {} has the same LEI',
    unknown_institution: 'There is no institution {}',
    unknown_caller: 'There is no {} who could call',
    call_circle: 'Following who calls leads back to this contact',
    parent_circle: 'Following the parents leads back to this institution',
    look_alike: 'Another address looks much like this one ({})',
  },
})

export type Reason = keyof typeof reasons.ja

/** One problem, its reason in both languages, with the value that the reason names. */
export function problem(
  line: number | null,
  column: string | null,
  reason: Reason,
  value: string | number | { ja: string; en: string } = '',
): Problem {
  // A header or word of a hostile file may be long; what is shown of it is not.
  const named = (said: string | number) => [...String(said)].slice(0, 40).join('')
  const say = (text: string, said: string | number) => text.replace('{}', () => named(said))
  const of = typeof value === 'object' ? value : { ja: value, en: value }
  return { line, column, reason_ja: say(reasons.ja[reason], of.ja), reason_en: say(reasons.en[reason], of.en) }
}

/** A problem as one line of text: `3 primary_mail（正担当者メール）: …`. */
export const problemText = ({ sheet, line, column, reason_ja, reason_en }: Problem): string =>
  `${[sheet, line, column && columnLabel(column)].filter(Boolean).join(' ')}: ${reason_ja} / ${reason_en}`

export const problems_max = 200

/** Every problem found, in file order, up to `problems_max`; `more` counts those left out. */
export type Refused = { problems: Problem[]; more: number }

/** The answer that names problems, in file order. */
export function refused(problems: Problem[]): Refused {
  const place = ({ column }: Problem) => (column ? columnPlace(column) : -1)
  const sorted = problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || place(a) - place(b))
  return { problems: sorted.slice(0, problems_max), more: Math.max(0, sorted.length - problems_max) }
}
