import { inBoth } from '#ground/html/language.ts'

export const whyWords = inBoth({
  ja: {
    all_answered: '全機関が回答したため、自動で終了',
    by_hand: '手動で終了',
    situation_closed: '事案の終結により終了',
    withdrawn: '通知の取消により終了',
  },
  en: {
    all_answered: 'Closed by itself: all have answered',
    by_hand: 'Closed by hand',
    situation_closed: 'Closed with its situation',
    withdrawn: 'Closed: the notice was withdrawn',
  },
})
