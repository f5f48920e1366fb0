import { inBoth, type Language } from '#ground/html/language.ts'
import { markets, statusWords } from '#ground/market/words.ts'

/** Whose BCP is activated and lifted: each market's own, and that of the whole market. */
export const bcpMarkets: readonly string[] = [...markets, 'whole']

export const isBcpMarket = (market: string): boolean => bcpMarkets.includes(market)

const whole = inBoth({ ja: '証券市場全体', en: 'Whole securities market' })

/** A market by its name. A code that no list has any more is shown as it is. */
export function marketName(language: Language, market: string): string {
  if (market === 'whole') return whole[language]
  const names: Record<string, string> = statusWords[language].markets
  return names[market] ?? market
}

/** What stands of a market's BCP, and what was done about it. */
export const activationWords = inBoth({
  ja: {
    states: { not_activated: '発動していない', activated: '発動中', lifted: '解除' },
    steps: { activated: '発動', lifted: '解除', corrected: '訂正（誤りの取消）' },
    coming: { activated: '発動を決定', lifted: '解除を決定' },
  },
  en: {
    states: { not_activated: 'Not activated', activated: 'Activated', lifted: 'Lifted' },
    steps: { activated: 'Activated', lifted: 'Lifted', corrected: 'Corrected (an error)' },
    coming: { activated: 'Activation decided', lifted: 'Lifting decided' },
  },
})
