import { inBoth, type Language } from '#ground/html/language.ts'

export const functionCodes = ['order_trading', 'clearing', 'settlement', 'custody', 'market_data', 'funds'] as const
export const markets = ['exchange', 'off_exchange', 'bonds'] as const
export const conditions = ['normal', 'alternative', 'partial', 'stopped', 'resumed', 'unknown'] as const
/** What stands in for what a function usually runs on (代替). */
export const alternatives = ['second_centre', 'alternate_office', 'by_hand', 'other'] as const
export const damages = ['none', 'partial', 'severe', 'unknown'] as const
/** The four results under which a continuity plan counts damage (結果事象, S2-7). */
export const damageFields = ['damage_building', 'damage_systems', 'damage_staff', 'damage_external'] as const
export const bcpStates = ['not_activated', 'preparing', 'activated', 'lifted'] as const
export const commandCentres = ['not_set_up', 'set_up'] as const

/** What stands in, as one line: 「第2センター」, or of what is none of the kinds the institution's own words. */
export function alternativeWords(
  language: Language,
  { alternative_from: from, alternative_other: other }: { alternative_from: string | null; alternative_other: string },
): string | null {
  if (from === null) return null
  return from === 'other'
    ? other
    : statusWords[language].alternatives[from as Exclude<(typeof alternatives)[number], 'other'>]
}

/** The field's own words for what institutions report, in both languages: pages, mails and exports use these and no others. */
export const statusWords = inBoth({
  ja: {
    functions: {
      order_trading: '約定（注文・売買）',
      clearing: '清算',
      settlement: '決済',
      custody: '保管・振替',
      market_data: '相場情報',
      funds: '資金',
    },
    markets: { exchange: '取引所取引', off_exchange: '取引所市場外取引', bonds: '公社債' },
    conditions: {
      normal: '通常',
      alternative: '代替運用中',
      partial: '一部支障',
      stopped: '停止',
      resumed: '再開',
      unknown: '不明',
    },
    alternatives: {
      second_centre: '第2センター',
      alternate_office: '代替オフィス',
      by_hand: '手作業',
      other: 'その他',
    },
    alternative_from: '代替先',
    normal_at: '通常復帰の見込み',
    no_functions: '報告あり・担当業務なし',
    not_reported: '未報告',
    not_asked: '照会なし',
    answers: (asking: number) => `第${asking}回照会への回答`,
    awaited: (asking: number | null) => (asking === null ? '報告の依頼に未回答' : `第${asking}回照会に未回答`),
    damage_fields: {
      damage_building: '建物',
      damage_systems: 'システム',
      damage_staff: '要員',
      damage_external: '外部機関',
    },
    damages: { none: '被害なし', partial: '一部被害', severe: '重大な被害', unknown: '不明' },
    bcp: {
      not_activated: '発動していない',
      preparing: '発動準備中',
      activated: '発動中',
      lifted: '解除',
      unknown: '不明',
    },
    command_centre: { not_set_up: '設置していない', set_up: '設置済み', unknown: '不明' },
    views: { infrastructure: '関係機関', participants: '市場参加者' },
  },
  en: {
    functions: {
      order_trading: 'Orders and trading',
      clearing: 'Clearing',
      settlement: 'Settlement',
      custody: 'Custody',
      market_data: 'Market data',
      funds: 'Funds',
    },
    markets: { exchange: 'Exchange trading', off_exchange: 'Off-exchange trading', bonds: 'Bonds' },
    conditions: {
      normal: 'Normal',
      alternative: 'Running on the alternative',
      partial: 'Partial',
      stopped: 'Stopped',
      resumed: 'Resumed',
      unknown: 'Unknown',
    },
    alternatives: {
      second_centre: 'Second centre',
      alternate_office: 'Alternate office',
      by_hand: 'By hand',
      other: 'Other',
    },
    alternative_from: 'Alternative',
    normal_at: 'Expected back to normal',
    no_functions: 'Reported, no functions',
    not_reported: 'Not reported',
    not_asked: 'Not asked',
    answers: (asking: number) => `Answers asking ${asking}`,
    awaited: (asking: number | null) => (asking === null ? 'Request not answered' : `Asking ${asking} not answered`),
    damage_fields: {
      damage_building: 'Building',
      damage_systems: 'Systems',
      damage_staff: 'Staff',
      damage_external: 'External bodies',
    },
    damages: { none: 'No damage', partial: 'Some damage', severe: 'Severe damage', unknown: 'Unknown' },
    bcp: {
      not_activated: 'Not activated',
      preparing: 'Preparing',
      activated: 'Activated',
      lifted: 'Lifted',
      unknown: 'Unknown',
    },
    command_centre: { not_set_up: 'Not set up', set_up: 'Set up', unknown: 'Unknown' },
    views: { infrastructure: 'Infrastructure institutions', participants: 'Market participants' },
  },
})
