import type { z } from 'zod'
import { kinds, kindWords, memberships, membershipWords } from '#directory/institutions/index.ts'
import type { FunctionCode, InstitutionKind, Market, Membership } from '#ground/db/tables.ts'
import { functionCodes, markets, statusWords } from '#ground/market/words.ts'
import { address, area, code, listOf, mail, oneOf, optional, phone, text } from './cells.ts'
import type { Column } from './columns.ts'

/** What files from before still say; the words of today are those of the pages. */
const before = { off_exchange: '取引所外取引', order_trading: '注文・売買' }

export const kindCell = oneOf<InstitutionKind>(kinds, [kindWords.ja, kindWords.en], 'unknown_kind')
export const membershipCell = oneOf<Membership>(
  memberships,
  [membershipWords.ja, membershipWords.en],
  'unknown_membership',
)
export const marketsCell = listOf<Market>(
  markets,
  [statusWords.ja.markets, statusWords.en.markets, { off_exchange: before.off_exchange }],
  'unknown_market',
)
export const functionsCell = listOf<FunctionCode>(
  functionCodes,
  [statusWords.ja.functions, statusWords.en.functions, { order_trading: before.order_trading }],
  'unknown_function',
)

/** How each cell of a compact roster is read: blanks and widths made equal, an empty optional cell is null. */
export const cells = {
  code: code(),
  kind: kindCell,
  name_ja: text(100),
  name_en: text(100),
  markets: marketsCell,
  functions: functionsCell,
  head_office_address: address(),
  head_office_area: area(),
  data_centre_address: optional(address()),
  data_centre_area: optional(area()),
  primary_name: text(60),
  primary_name_en: optional(text(60)),
  primary_mail: mail(),
  primary_phone: optional(phone()),
  deputy_name: optional(text(60)),
  deputy_name_en: optional(text(60)),
  deputy_mail: optional(mail()),
  deputy_phone: optional(phone()),
} satisfies Record<Column, z.ZodType<unknown, string>>

export type Cells = { [Name in Column]: z.output<(typeof cells)[Name]> }
