import { inBoth, type Language } from '#ground/html/language.ts'

const unknown = inBoth({ ja: '種類の分からない端末', en: 'A device of unknown kind' })

// The first that fits: browsers name each other for old times' sake, the particular ones before the common ones.
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.* Safari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac ?OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a browser says of itself, in the words of its owner: 「Chrome（Windows）」. It may say anything; nothing rests on it. */
export function deviceWords(language: Language, user_agent: string | null): string {
  const [browser, system] = [browsers, systems].map((list) => list.find(([sign]) => sign.test(user_agent ?? ''))?.[1])
  if (!browser || !system) return browser ?? system ?? unknown[language]
  return language === 'ja' ? `${browser}（${system}）` : `${browser} (${system})`
}
