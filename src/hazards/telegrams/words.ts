import { inBoth } from '#ground/html/language.ts'

/** A value of the intensity scale as it follows 震度 or "intensity". */
export const intensityWords = inBoth({
  ja: {
    '1': '1',
    '2': '2',
    '3': '3',
    '4': '4',
    '5-': '5弱',
    '5+': '5強',
    '6-': '6弱',
    '6+': '6強',
    '7': '7',
    missing: '5弱以上未入電',
  },
  en: {
    '1': '1',
    '2': '2',
    '3': '3',
    '4': '4',
    '5-': '5-',
    '5+': '5+',
    '6-': '6-',
    '6+': '6+',
    '7': '7',
    missing: '5- or more feared, no data',
  },
})

export const tsunamiWords = inBoth({
  ja: {
    major_warning: '大津波警報',
    warning: '津波警報',
    advisory: '津波注意報',
    forecast: '津波予報（若干の海面変動）',
    lifted: '解除',
    none: '津波なし',
  },
  en: {
    major_warning: 'Major tsunami warning',
    warning: 'Tsunami warning',
    advisory: 'Tsunami advisory',
    forecast: 'Slight sea level changes',
    lifted: 'Lifted',
    none: 'No tsunami',
  },
})
