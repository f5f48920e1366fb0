import { z } from 'zod'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import {
  type SettingName,
  type Settings,
  settingNames,
  settings,
  settingsOf,
  storedName,
} from '#ground/settings/settings.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

const messages = inBoth({
  ja: {
    minutes: (min: number, max: number) => `${min}から${max}までの分数を、整数で入力してください`,
    mails: (min: number, max: number) => `${min}から${max}までの通数を、整数で入力してください`,
    reason: '変更の理由を500文字以内で入力してください',
  },
  en: {
    minutes: (min: number, max: number) => `Enter whole minutes from ${min} to ${max}`,
    mails: (min: number, max: number) => `Enter a whole number from ${min} to ${max}`,
    reason: 'Enter the reason for the change, in up to 500 characters',
  },
})

export const SettingsForm = (language: Language) => {
  const say = messages[language]
  const amount = (name: SettingName) => {
    const { min, max, unit } = settings[name]
    const message = say[unit](min, max)
    return z
      .string(message)
      .transform((typed) => typed.normalize('NFKC').trim())
      .pipe(
        z
          .string()
          .regex(/^\d{1,6}$/, message)
          .transform(Number)
          .pipe(z.number().min(min, message).max(max, message)),
      )
  }
  return z.object({
    ...(Object.fromEntries(settingNames.map((name) => [name, amount(name)])) as Record<
      SettingName,
      ReturnType<typeof amount>
    >),
    reason: z.string(say.reason).trim().min(1, say.reason).max(500, say.reason),
  })
}
export type SettingsForm = z.output<ReturnType<typeof SettingsForm>>

/** What is set now, and who changed it last. */
export async function readSettings(db: Tools['db']) {
  const rows = await db
    .selectFrom('setting')
    .leftJoin('person', 'person.id', 'setting.changed_by')
    .where('name', 'in', settingNames.map(storedName))
    .select(['name', 'value', 'changed_at', 'person.name_ja', 'person.name_en'])
    .orderBy('changed_at', 'desc')
    .execute()
  const [last] = rows
  const stored = Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  const set: Settings = { ...settingsOf('session', stored), ...settingsOf('delivery', stored) }
  return { set, last: last?.name_ja ? { at: last.changed_at, name_ja: last.name_ja, name_en: last.name_en } : null }
}

/** Changes settings from the next request on. What stays as it is leaves no line in the trail. */
export async function changeSettings(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { reason, ...wanted }: SettingsForm,
): Promise<{ changed: number }> {
  must(by, 'setting.change')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const { set } = await readSettings(tx)
    const changed = settingNames.filter((name) => wanted[name] !== set[name])
    if (changed.length === 0) return { changed: 0 }
    await tx
      .insertInto('setting')
      .values(
        changed.map((name) => ({
          name: storedName(name),
          value: JSON.stringify(wanted[name]),
          changed_by: by.id,
          changed_at: at,
        })),
      )
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((eb) => ({
          value: eb.ref('excluded.value'),
          changed_by: by.id,
          changed_at: at,
        })),
      )
      .execute()
    await record(tx, by, at, {
      action: 'setting.changed',
      about: '/settings',
      details: {
        reason,
        changes: Object.fromEntries(
          changed.map((name) => [storedName(name), { before: set[name], after: wanted[name] }]),
        ),
      },
    })
    return { changed: changed.length }
  })
}
