import { inBoth } from '#html/language.ts'
import { columnLabel } from './roster-columns.ts'

/** What is wrong in a roster and where: `line` as an editor counts, null for the whole file; `column` as in roster-columns.ts, or as the file wrote it. */
export type Problem = { line: number | null; column: string | null; reason_ja: string; reason_en: string }

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
    unknown_column: '「{}」という列はありません',
    column_twice: '「{}」の列が 2 つあります',
    column_missing: 'この列がありません',
    cell_count: '項目の数が見出しと合いません（{}）',
    required: '入力がありません',
    too_long: '長すぎます（{} 文字まで）',
    unprintable: '改行・制御文字・外字など、使えない文字が含まれています',
    code_form: '半角の英大文字・数字・ハイフンで 2〜20 文字にしてください',
    code_twice: '同じ機関コードが {} 行目にもあります',
    unknown_kind: '「{}」という種別はありません',
    unknown_market: '「{}」という市場はありません（exchange、off_exchange、bonds を「;」で区切る）',
    unknown_function:
      '「{}」という機能はありません（order_trading、clearing、settlement、custody、market_data、funds を「;」で区切る）',
    none_chosen: 'この種別の機関には 1 つ以上必要です',
    area_form: '気象庁の細分区域のコード（3 桁の数字。東京都２３区は 350）にしてください',
    mail_form: 'メールアドレスを 1 つだけ、正しい形で入力してください',
    mail_same: '正担当者と副担当者が同じメールアドレスです',
    mail_twice: '同じメールアドレスが別の機関の {} 行目にもあります',
    mail_taken: '登録済みの機関 {} の担当者が同じメールアドレスを使っています',
    phone_form: '電話番号の形ではありません（例：03-0000-0000）',
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
    unknown_column: 'There is no column "{}"',
    column_twice: 'The column "{}" is there twice',
    column_missing: 'This column is missing',
    cell_count: 'The number of cells differs from the header ({})',
    required: 'Nothing is entered',
    too_long: 'Too long (at most {} characters)',
    unprintable: 'It holds characters that cannot be used: line breaks, control or private-use characters',
    code_form: 'Use 2 to 20 capital letters A–Z, digits and hyphens',
    code_twice: 'The same code is on line {}',
    unknown_kind: 'There is no kind "{}"',
    unknown_market: 'There is no market "{}" (exchange, off_exchange, bonds; separated by ";")',
    unknown_function:
      'There is no function "{}" (order_trading, clearing, settlement, custody, market_data, funds; separated by ";")',
    none_chosen: 'An institution of this kind needs at least one',
    area_form: 'Use an area code of the Japan Meteorological Agency (3 digits; 350 is the 23 wards of Tokyo)',
    mail_form: 'Enter exactly one valid mail address',
    mail_same: 'The primary contact and the deputy have the same mail address',
    mail_twice: 'The same mail address is used by another institution on line {}',
    mail_taken: 'A contact of the institution {} already uses this mail address',
    phone_form: 'This is not a phone number (example: 03-0000-0000)',
  },
})

export type Reason = keyof typeof reasons.ja

/** One problem, its reason in both languages, with the value that the reason names. */
export function problem(
  line: number | null,
  column: string | null,
  reason: Reason,
  value: string | number = '',
): Problem {
  // A header or word of a hostile file may be long; what is shown of it is not.
  const named = [...String(value)].slice(0, 40).join('')
  const say = (text: string) => text.replace('{}', () => named)
  return { line, column, reason_ja: say(reasons.ja[reason]), reason_en: say(reasons.en[reason]) }
}

/** A problem as one line of text: `3 primary_mail（正担当者メール）: …`. */
export const problemText = ({ line, column, reason_ja, reason_en }: Problem): string =>
  `${[line, column && columnLabel(column)].filter(Boolean).join(' ')}: ${reason_ja} / ${reason_en}`
