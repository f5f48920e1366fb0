import type { Database, Tx } from '#ground/db/database.ts'

type Setting = {
  /** Who goes by it; with its name it is what the table `setting` calls it. */
  of: 'session' | 'delivery'
  unit: 'minutes' | 'mails'
  /** What it is unless set, and between which bounds it may be. */
  usual: number
  min: number
  max: number
  ja: string
  en: string
}

/** Everything that the secretariat may set, with its words: one entry here, and the page of settings has it. */
export const settings = {
  idle_minutes: {
    of: 'session',
    unit: 'minutes',
    usual: 60,
    min: 5,
    max: 480,
    ja: '操作がないとき、サインアウトするまでの時間（分）',
    en: 'Signed out after so long without use (minutes)',
  },
  absolute_minutes: {
    of: 'session',
    unit: 'minutes',
    usual: 1440,
    min: 60,
    max: 1440,
    ja: 'サインインしてから、必ずサインアウトするまでの時間（分）',
    en: 'Signed out so long after signing in, in any case (minutes)',
  },
  /** While a situation is open, people work in shifts and on phones: nobody is to type a password every hour. */
  idle_open_minutes: {
    of: 'session',
    unit: 'minutes',
    usual: 720,
    min: 15,
    max: 1440,
    ja: '対策本部の設置中：操作がないとき、サインアウトするまでの時間（分）',
    en: 'While a command centre is open: signed out after so long without use (minutes)',
  },
  absolute_open_minutes: {
    of: 'session',
    unit: 'minutes',
    usual: 1440,
    min: 60,
    max: 4320,
    ja: '対策本部の設置中：サインインしてから、必ずサインアウトするまでの時間（分）',
    en: 'While a command centre is open: signed out so long after signing in (minutes)',
  },
  /** How long after a proof of identity dangerous acts ask for no other. */
  confirm_minutes: {
    of: 'session',
    unit: 'minutes',
    usual: 15,
    min: 5,
    max: 60,
    ja: '本人確認のあと、大切な操作を続けられる時間（分）',
    en: 'How long a confirmation of identity holds for important acts (minutes)',
  },
  /** Routine notices that one mail address gets by themselves in an hour; more come together in one mail at its end. */
  routine_mails_hour: {
    of: 'delivery',
    unit: 'mails',
    usual: 6,
    min: 1,
    max: 60,
    ja: '定例の通知を、1つの宛先に1時間あたり何通まで1通ずつ送るか',
    en: 'How many routine notices one address gets one by one in an hour',
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings
export const settingNames = Object.keys(settings) as SettingName[]

/** The settings that one slice goes by. */
export type SettingsOf<Of extends Setting['of']> = {
  [Name in SettingName as (typeof settings)[Name]['of'] extends Of ? Name : never]: number
}
export type Settings = SettingsOf<Setting['of']>

export const storedName = (name: SettingName) => `${settings[name].of}.${name}`

/** A setting as it was stored, within its bounds, whatever the table holds; the usual value if it was not. */
function kept(name: SettingName, stored: Record<string, unknown>): number {
  const { usual, min, max } = settings[name]
  const value = stored[storedName(name)]
  return typeof value === 'number' && Number.isInteger(value) ? Math.min(max, Math.max(min, value)) : usual
}

/** Out of what is stored, by its stored names, the settings of one slice. */
export const settingsOf = <Of extends Setting['of']>(of: Of, stored: Record<string, unknown>): SettingsOf<Of> =>
  Object.fromEntries(
    settingNames.filter((name) => settings[name].of === of).map((name) => [name, kept(name, stored)]),
  ) as SettingsOf<Of>

/** One setting as it is now. */
export async function readSetting(db: Database | Tx, name: SettingName): Promise<number> {
  const stored = await db.selectFrom('setting').where('name', '=', storedName(name)).select('value').executeTakeFirst()
  return kept(name, stored ? { [storedName(name)]: stored.value } : {})
}
