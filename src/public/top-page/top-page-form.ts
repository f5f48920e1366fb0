import { z } from 'zod'
import { cleanLines } from '#ground/html/clean-text.ts'
import { versionSeen } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { linkKinds, type Masthead } from '#public/site/index.ts'

export const operator_length_max = 200
export const contact_length_max = 500
const name_length_max = 100
const url_length_max = 500
const links_max = 12

const messages = inBoth({
  ja: {
    operator: `運営する団体の名称を${operator_length_max}文字以内で入力してください`,
    contact: `問い合わせ先を${contact_length_max}文字以内で入力してください`,
    links: `1行に1つ、「日本語の名称 | 英語の名称 | https://…」の形で、${links_max}行まで入力してください。直す行：`,
    twice: '同じアドレスが2回あります：',
  },
  en: {
    operator: `Enter who runs it, in up to ${operator_length_max} characters`,
    contact: `Enter where to ask, in up to ${contact_length_max} characters`,
    links: `Enter one a line, "name in Japanese | name in English | https://…", up to ${links_max} lines. Line to mend: `,
    twice: 'The same address stands there twice: ',
  },
})

type Link = Masthead['links'][number]
const Line = z.tuple([
  z.string().min(1).max(name_length_max),
  z.string().min(1).max(name_length_max),
  // Nobody is to be sent to one host under the name of another.
  z
    .url({ protocol: /^https?$/ })
    .max(url_length_max)
    .refine((url) => URL.canParse(url) && new URL(url).username === '' && new URL(url).password === ''),
])

/** Links as a person writes them, a field for each kind: `links_body` and so on. */
export const TopPageForm = (language: Language) => {
  const say = messages[language]
  const text = (max: number, message: string) =>
    z.string(message).transform(cleanLines).pipe(z.string().min(1, message).max(max, message))
  return z
    .object({
      version: versionSeen,
      operator_ja: text(operator_length_max, say.operator),
      operator_en: text(operator_length_max, say.operator),
      contact_ja: text(contact_length_max, say.contact),
      contact_en: text(contact_length_max, say.contact),
      ...(Object.fromEntries(linkKinds.map((kind) => [`links_${kind}`, z.string().default('')])) as Record<
        `links_${Link['kind']}`,
        z.ZodDefault<z.ZodString>
      >),
    })
    .transform(({ version, operator_ja, operator_en, contact_ja, contact_en, ...lists }, context) => {
      const links: Link[] = []
      for (const kind of linkKinds) {
        const problem = (message: string) => context.addIssue({ code: 'custom', path: [`links_${kind}`], message })
        const lines = lists[`links_${kind}`].split(/\r?\n/).filter((line) => line.trim())
        for (const [index, line] of lines.entries()) {
          const read = Line.safeParse(
            line
              .normalize('NFC')
              .split(/[|｜]/)
              .map((part) => part.trim()),
          )
          if (!read.success || index >= links_max) {
            problem(say.links + line.trim().slice(0, 80))
            break
          }
          const [name_ja, name_en, url] = read.data
          if (links.some((other) => other.url === url)) problem(say.twice + url)
          links.push({ kind, name_ja, name_en, url })
        }
      }
      return { version, operator_ja, operator_en, contact_ja, contact_en, links }
    })
}

export const valuesOf = (saved: (Masthead & { version: number }) | undefined): Record<string, string> => ({
  version: String(saved?.version ?? 0),
  operator_ja: saved?.operator_ja ?? '',
  operator_en: saved?.operator_en ?? '',
  contact_ja: saved?.contact_ja ?? '',
  contact_en: saved?.contact_en ?? '',
  ...Object.fromEntries(
    linkKinds.map((kind) => [
      `links_${kind}`,
      (saved?.links ?? [])
        .filter((link) => link.kind === kind)
        .map(({ name_ja, name_en, url }) => `${name_ja} | ${name_en} | ${url}`)
        .join('\n'),
    ]),
  ),
})
