import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as japanese } from '@zxcvbn-ts/language-ja'
import { normalPassword } from '#ground/auth/password.ts'
import { inBoth } from '#ground/html/language.ts'

/** In characters (code points) after NFKC. As NIST SP 800-63B-4 (3.1.1.2) has it: 15 or more where a password may stand alone. */
export const password_length = { min: 15, max: 128 }

/**
 * Why a password cannot be taken. There are no rules about kinds of characters and none about age: they make passwords
 * worse (the same section). What is refused is what an attacker tries first: lists, keyboard rows, dates, one's own names.
 */
export type PasswordProblem = 'short' | 'long' | 'own' | 'common' | 'pattern' | 'guessable'

export const passwordWords = inBoth<Record<PasswordProblem, string>>({
  ja: {
    short: `パスワードは${password_length.min}文字以上にしてください。関係のない言葉を四つほど並べると、長くても覚えやすくなります`,
    long: `パスワードは${password_length.max}文字以内にしてください`,
    own: '氏名、メールアドレス、機関名など、ご自分に関わる言葉に頼ったパスワードは、推測されやすいため使えません',
    common: 'よく使われる、または流出が知られているパスワードのため使えません',
    pattern: '同じ文字や言葉の繰り返し、連番、キーボードの並び、日付に頼ったパスワードは、推測されやすいため使えません',
    guessable: '推測されやすい言葉の組み合わせです。関係のない言葉を足して、もっと長くしてください',
  },
  en: {
    short: `Use ${password_length.min} characters or more. Four words that have nothing to do with each other are long and easy to remember`,
    long: `Use no more than ${password_length.max} characters`,
    own: 'This rests on your name, mail address, institution or the like, which is what others would try first',
    common: 'This is a common password, or one known to have leaked',
    pattern:
      'This rests on repeated characters or words, a sequence, a row of keys or a date, which is quickly guessed',
    guessable: 'These words are quickly guessed. Add others that have nothing to do with them',
  },
})

/** What others know of the person whose password it is. */
export type KnownOf = { name?: string | null; email?: string | null; institution?: string | null; others?: string[] }

/** Guesses, as a power of ten, that a password must withstand: out of reach at the sign-in, and dear against a stolen table of scrypt. */
const guesses_log10_min = 10
/** The estimate takes longer the longer the text, steeply; this many characters are judged at once. */
const judged_length_max = 64

/** What is wrong with a new password; null: it is good. Judged offline, in the form in which it will be kept. */
export function passwordProblem(typed: string, known: KnownOf = {}): PasswordProblem | null {
  // Nothing is normalised that could not be a password: NFKC makes some characters eighteen times as long.
  if (typed.length > password_length.max * 4) return 'long'
  const password = normalPassword(typed)
  const length = [...password].length
  if (length < password_length.min) return 'short'
  if (length > password_length.max) return 'long'

  const own = ownWords(known)
  // What is added can only make it harder to guess, so the better half stands for the whole.
  const halves = [password.slice(0, judged_length_max), password.slice(judged_length_max)]
  const judged = halves.filter(Boolean).map((half) => estimator().check(half, own))
  if (judged.some(({ guessesLog10 }) => guessesLog10 >= guesses_log10_min)) return null

  if (own.length > 0 && estimator().check(halves[0]!).guessesLog10 >= guesses_log10_min) return 'own'
  const matches = (judged[0]?.sequence ?? []) as Match[]
  const heaviest = matches.toSorted((a, b) => b.token.length - a.token.length)[0]
  const rests_on = (heaviest?.baseToken ?? heaviest?.token ?? '').toLowerCase()
  if (own.some((word) => rests_on.includes(word.toLowerCase()))) return 'own'
  if (heaviest?.dictionaryName === 'passwords-common') return 'common'
  return heaviest && ['repeat', 'sequence', 'spatial', 'regex', 'date'].includes(heaviest.pattern)
    ? 'pattern'
    : 'guessable'
}

/** A part of a password that the estimate recognised; of a repetition `baseToken` is what is repeated. */
type Match = { pattern: string; token: string; baseToken?: string; dictionaryName?: string }

/** The parts of what is known, too: a name, the words of a firm's name, both sides of a mail address. */
function ownWords({ name, email, institution, others = [] }: KnownOf): string[] {
  const written = [name, email, institution, ...others].flatMap((text) => (text ? [normalPassword(text)] : []))
  const parts = written.flatMap((text) => [text, text.replace(/\s/g, ''), ...text.split(/[\s@.,()（）・_-]+/)])
  return [...new Set([...parts, 'noroshi', '狼煙'])].filter((word) => word.length > 1).slice(0, own_words_max)
}
const own_words_max = 60

let made: ZxcvbnFactory | undefined
/** Made when it is first needed: its dictionaries are the largest thing in memory that most processes never use. */
function estimator(): ZxcvbnFactory {
  const { commonWords, firstnames, lastnames, wikipedia } = japanese
  made ??= new ZxcvbnFactory({
    dictionary: { ...common, commonWords, firstnames, lastnames, wikipedia },
    graphs: adjacencyGraphs,
    l33tMaxSubstitutions: 20,
    maxLength: judged_length_max,
  })
  return made
}
