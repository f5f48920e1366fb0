import type { Language } from './language.ts'

/** A length of time in whole minutes, in words: 「1時間25分」, "1 h 25 min"; from two days on in days. */
export function durationWords(language: Language, minutes: number): string {
  const whole = Math.max(0, Math.floor(minutes))
  const days = Math.floor(whole / 1440)
  const hours = Math.floor(whole / 60)
  const rest = whole % 60
  if (days >= 2) return language === 'ja' ? `${days}日` : `${days} days`
  if (language === 'ja') return `${hours ? `${hours}時間` : ''}${rest || !hours ? `${rest}分` : ''}`
  return [hours ? `${hours} h` : '', rest || !hours ? `${rest} min` : ''].filter(Boolean).join(' ')
}

/** How long ago something was said; a moment that is not yet past counts as just now. Milliseconds since 1970. */
export function ageWords(language: Language, at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return language === 'ja' ? 'たった今' : 'just now'
  return language === 'ja' ? `${durationWords('ja', minutes)}前` : `${durationWords('en', minutes)} ago`
}

/** How long is left until a moment, or by how much it has passed. Milliseconds since 1970. */
export function untilWords(language: Language, at: number, now: number): string {
  const minutes = (at - now) / 60_000
  if (minutes < 0) {
    const over = durationWords(language, -minutes)
    return language === 'ja' ? `${over}超過` : `${over} overdue`
  }
  return language === 'ja' ? `あと${durationWords('ja', minutes)}` : `in ${durationWords('en', minutes)}`
}
