import { z } from 'zod'
import { lock } from '#ground/db/lock.ts'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

export const districtMessages = inBoth({
  ja: {
    code: 'コードは半角の英大文字・数字・ハイフンで 2〜20 文字にしてください',
    name_ja: '名称を 60 文字以内で入力してください',
    name_en: '英語名を 60 文字以内で入力してください',
    taken: (code: string) => `この名称はすでに ${code} にあります`,
    outdated: 'ほかの人が先にこの地区協会を変えました。一覧で今の名称を確かめ、よければもう一度保存してください',
  },
  en: {
    code: 'The code is 2 to 20 capital letters A–Z, digits and hyphens',
    name_ja: 'Enter the Japanese name, in up to 60 characters',
    name_en: 'Enter the English name, in up to 60 characters',
    taken: (code: string) => `${code} has this name already`,
    outdated: 'Someone else changed it first. Look at the list, and save again if you still want to',
  },
})

export const DistrictForm = (language: Language) => {
  const say = districtMessages[language]
  const name = (message: string) =>
    z
      .string(message)
      .transform((written) => written.normalize('NFC').trim())
      .pipe(
        z
          .string()
          .min(1, message)
          .max(60, message)
          .regex(/^[^\p{Cc}\p{Cf}\p{Co}]*$/u, message),
      )
  return z.object({
    code: z
      .string(say.code)
      .transform((written) => written.normalize('NFKC').trim().toUpperCase())
      .pipe(z.string().regex(/^[0-9A-Z-]{2,20}$/, say.code)),
    name_ja: name(say.name_ja),
    name_en: name(say.name_en),
    /** The version that was seen; 0: a new one. */
    version: z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number)
      .catch(0),
  })
}
export type DistrictForm = z.output<ReturnType<typeof DistrictForm>>

/**
 * Adds a district association to the list, or gives one another name: its code stays. Of two who do so at once the second is told; the
 * same press twice is heard once.
 */
export async function saveDistrict(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { code, version: seen, ...said }: DistrictForm,
): Promise<{ failed?: undefined } | { failed: 'outdated' } | { failed: 'name_ja' | 'name_en'; other: string }> {
  must(by, 'institution.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    // All of them: whether a name is taken is a matter of the whole list.
    await lock(tx, 'districts')
    const all = await tx.selectFrom('district_now').selectAll().execute()
    const newest = all.find((one) => one.code === code)
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return {}
    if (judged.is !== 'next') return { failed: 'outdated' }
    for (const name of ['name_ja', 'name_en'] as const) {
      const other = all.find((one) => one.code !== code && one[name] === said[name])
      if (other) return { failed: name, other: other.code }
    }
    const { version } = judged
    await tx
      .insertInto('district')
      .values({ code, version, ...said, made_by: by.id, made_at: at })
      .execute()
    await record(tx, by, at, {
      action: 'district.saved',
      about: '/districts',
      details: { code, version, name_ja: said.name_ja, changes: changesOf(newest, said) },
    })
    return {}
  })
}
