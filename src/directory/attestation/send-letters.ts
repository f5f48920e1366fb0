import type { Tx } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import { timeWords } from '#ground/html/civil.ts'
import { queueLetter } from '#ground/letters/queue-letter.ts'
import type { Tools } from '#ground/tools/tools.ts'

type Attestation = { id: string; text_ja: string; text_en: string; answer_by: Date }
type LetterStep = Tables['attestation_letters']['step']

/** Writes to every contact with a mail address of the institutions that have not answered, and notes down how many. With nobody left nothing is noted. */
export async function sendLetters(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later' | 'origin'>,
  at: Date,
  attestation: Attestation,
  step: LetterStep,
): Promise<{ institutions: number; letters: number }> {
  const people = await tx
    .selectFrom('attestation_asked as asked')
    .innerJoin('institution', 'institution.id', 'asked.institution_id')
    .innerJoin('contact_card as contact', 'contact.institution_id', 'institution.id')
    .where('asked.attestation_id', '=', attestation.id)
    .where('asked.answer', 'is', null)
    .where('contact.mail', 'is not', null)
    .select(['institution.id', 'institution.name_ja', 'institution.name_en', 'contact.mail'])
    .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en'])
    .orderBy('institution.code')
    .orderBy('contact.rank')
    .execute()
  const institutions = new Set(people.map(({ id }) => id)).size
  if (people.length === 0 && step !== 'start') return { institutions, letters: 0 }

  // One knock wakes the sender for all of them.
  const [quiet, loud] = [{ ...tools, later: async () => {} }, tools]
  for (const [index, person] of people.entries())
    await queueLetter(tx, index === 0 ? loud : quiet, at, {
      address: person.mail ?? '',
      ...letterText(attestation, person, step, { origin: tools.origin, at }),
      about: `/attestations/${attestation.id}`,
      label: 'amber',
      mode: 'actual',
      purpose: 'attestation',
    })
  await tx
    .insertInto('attestation_letters')
    .values({ attestation_id: attestation.id, step, institutions, letters: people.length, queued_at: at })
    .execute()
  return { institutions, letters: people.length }
}

type Addressed = { name_ja: string; name_en: string; contact_ja: string; contact_en: string | null }

/** Subject and text of one letter, Japanese first. */
export function letterText(
  { id, text_ja, text_en, answer_by }: Attestation,
  { name_ja, name_en, contact_ja, contact_en }: Addressed,
  step: LetterStep,
  { origin, at }: { origin: string; at: Date },
) {
  const [again_ja, again_en] = step === 'start' ? ['', ''] : ['【再送】', 'Reminder: ']
  const link = `${origin}/attestations/${id}/answer`
  return {
    subject: `${again_ja}登録内容の確認のお願い / ${again_en}Please confirm your entry`,
    body: `${name_ja}
${contact_ja} 様

${text_ja}

回答期限：${timeWords('ja', answer_by, at, { with_date: true })}

次のページを開き、すべて正しければ「この内容で間違いありません」を押してください。
${link}

----
${contact_en ?? contact_ja}, ${name_en}

${text_en}

Answer by: ${timeWords('en', answer_by, at, { with_date: true })}

Open this page and, if all of it is right, press “All of this is right”.
${link}
`,
  }
}
