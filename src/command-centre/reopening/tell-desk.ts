import { peopleWithRole } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { inBoth, type Language, languages, named } from '#ground/html/language.ts'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import { queueLetters } from '#ground/letters/queue-letter.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'

const texts = inBoth({
  ja: {
    subject: (title: string) => `【再開の同意待ち】${title}`,
    to: (name: string) => `${name} 様`,
    opening: (who: string) =>
      `${who}さんが、誤って終結した事案の再開を求めています。ほかの1人が同意するまで、事案は終結したままです。`,
    reason: '理由',
    next: '次のページで内容を確かめ、同意するか、取り下げてください。',
  },
  en: {
    subject: (title: string) => `To be opened again: ${title}`,
    to: (name: string) => `Dear ${name},`,
    opening: (who: string) =>
      `${who} asks to open a situation again that was closed by mistake. It stays closed until somebody else agrees.`,
    reason: 'Reason',
    next: 'Check it on this page, and agree or drop it.',
  },
})

type Situation = { id: string; mode: Mode; title_ja: string; title_en: string }

/** Writes at once to everyone of the desk who can be the second person. */
export async function tellDesk(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  by: Person,
  at: Date,
  { situation, reason }: { situation: Situation; reason: string },
) {
  const path = `/situations/${situation.id}/reopening`
  const others = (await peopleWithRole(tx, deskRoles)).filter(({ id }) => id !== by.id)
  const subjectIn = (language: Language) =>
    markedTitle(language, situation.mode, texts[language].subject(situation[`title_${language}`]))
  const bodyIn = (language: Language, to: (typeof others)[number]) => {
    const t = texts[language]
    return [
      t.to(named(language, to)),
      ...(situation.mode === 'actual' ? [] : [modeWords[language][`${situation.mode}_notice`]]),
      t.opening(named(language, by)),
      `${t.reason}${language === 'ja' ? '：' : ': '}${reason}`,
      t.next,
      tools.origin + path,
    ].join('\n\n')
  }
  await queueLetters(
    tx,
    tools,
    at,
    others.map((one) => ({
      address: one.email,
      subject: languages.map(subjectIn).join(' / '),
      body: languages.map((language) => bodyIn(language, one)).join('\n\n----\n\n'),
      about: path,
      label: 'amber_strict',
      mode: situation.mode,
      purpose: 'situation-reopening',
    })),
  )
}
