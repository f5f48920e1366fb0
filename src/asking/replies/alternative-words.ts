import { plain } from './small-words.ts'

const place =
  '((第[2二]|バックアップ|副|セカンダリー?)(センター?|サイト|拠点|オフィス)|代替(オフィス|拠点|サイト|センター?|システム|手段)|手作業)'
const all = '(当社|弊社|当機関|現在|すべて|全て|全業務|業務|を|は|の|、|\\s)*'
/** All that it does goes on by other means, and nothing else is said. */
const wholly = [
  `${all}(${place}(で|にて|により|による|から|を使用し(て)?)?)?${all}(代替運用|代替運転)(中|(を)?(して|実施して|継続して)(い|おり)ます)?`,
  `${all}${place}(で|にて|により|から)${all}(稼働|運用|運営|継続)(中|して(い|おり)ます)`,
  '(we are |all (functions )?)?(running|operating|working) (on|from|at) (the |our )?(alternative|(alternat(iv)?e|back-?up|second(ary)?) (site|office|cent(er|re)))',
]
const whollyWords = new RegExp(`^(${wholly.join('|')})(です|でございます|となります)?$`, 'i')
const bare = /^代替運用中?(です)?$/
const sign =
  /代替|第[2二](センター|サイト|拠点)|バックアップ(センター|サイト|拠点)|副センター|手作業|alternat(iv)?e|back-?up (site|office|cent)|second(ary)? (site|office|cent)/i

/**
 * The words of a reply by which all that its institution does runs on the alternative, wholly clear beside what says nothing; '' where
 * only that stands, null where anything else does. Pure.
 */
export function alternativeIn(words: string, isNothing: (part: string) => boolean): string | null {
  for (const between of [/\n/, /[\n。.!！]/]) {
    const says = words
      .split(between)
      .map((part) => part.trim())
      .filter((part) => !isNothing(part))
    if (says.every((part) => whollyWords.test(part))) return says.join('\n')
  }
  return null
}

/** Whether it says no more than the word itself, so that nothing of it has to be kept beside. Pure. */
export const isBareAlternative = (words: string): boolean => words === '' || bare.test(words)

/** Whether a reply has a word of an alternative: a sign for whoever reads it, from which nothing is concluded. Pure. */
export const speaksOfAlternative = (text: string): boolean => sign.test(plain(text))
