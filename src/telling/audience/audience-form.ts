import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { areas, prefectureByCode } from '#ground/market/areas.ts'
import { Audience, namesSomeone } from './audience.ts'

const messages = inBoth({
  ja: {
    nobody: '宛先を選んでください',
    unknown: '宛先に読み取れない選択がありました。選び直してください',
  },
  en: {
    nobody: 'Choose whom this is for',
    unknown: 'Some of what was chosen could not be read. Please choose again',
  },
})

/** The values of a form by name, as `formLists` gives them. */
export type Lists = Record<string, string[] | undefined>

/**
 * Reads the check boxes of `AudienceFields`, which may stand among the other fields of a form. Whatever is wrong is a problem
 * of the one field `audience`.
 */
export const AudienceForm = (language: Language) => {
  const say = messages[language]
  return z.custom<Lists>().transform((lists, context): Audience => {
    const { everyone = [], ...chosen } = lists
    const read = Audience.safeParse({
      everyone: everyone.includes('yes'),
      kinds: chosen.kinds ?? [],
      markets: chosen.markets ?? [],
      bodies: chosen.bodies ?? [],
      memberships: chosen.memberships ?? [],
      districts: chosen.districts ?? [],
      supervisors: chosen.supervisors ?? [],
      areas: areasIn(lists),
      groups: chosen.groups ?? [],
      institutions: chosen.institutions ?? [],
      only_kinds: chosen.only_kinds ?? [],
      only_memberships: chosen.only_memberships ?? [],
      without: chosen.without ?? [],
    })
    if (read.success && namesSomeone(read.data)) return read.data
    context.addIssue({ code: 'custom', path: ['audience'], message: read.success ? say.nobody : say.unknown })
    return z.NEVER
  })
}

/** The areas that form values name: by their own codes, by prefecture (2 digits), and by how strongly they were shaken. */
export const areasIn = ({ areas: places = [], shaken = [] }: Lists): string[] => {
  const asked = new Set([...places, ...shaken.flatMap((codes) => codes.split(','))].filter(Boolean))
  const ofPrefectures = areas.filter(({ prefecture_code }) => asked.has(prefecture_code)).map(({ code }) => code)
  return [...new Set([...ofPrefectures, ...[...asked].filter((code) => !prefectureByCode.has(code))])].sort()
}

/** An audience as the values of a form, to be changed. */
export const audienceValues = ({ everyone, ...lists }: Audience): Lists => ({
  ...lists,
  everyone: everyone ? ['yes'] : [],
})
