import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { type Language, languages } from '#ground/html/language.ts'
import { keepCookie, nameOf } from '#ground/tools/cookies.ts'
import type { AppEnv } from '#ground/tools/tools.ts'

const cookie = 'language'
const year_seconds = 365 * 24 * 60 * 60

/** The language that this browser has chosen. */
export const chosenLanguage = (c: Context<AppEnv>): Language => {
  const chosen = getCookie(c, nameOf(c, cookie))
  return languages.find((language) => language === chosen) ?? 'ja'
}

/** Keeps a choice for a year; what is no language changes nothing. */
export function chooseLanguage(c: Context<AppEnv>, chosen: string | undefined) {
  const known = languages.find((language) => language === chosen)
  if (known) keepCookie(c, cookie, known, { maxAge: year_seconds })
}
