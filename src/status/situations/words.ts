import { inBoth } from '#ground/html/language.ts'

export const hazards = [
  'earthquake',
  'tsunami',
  'weather',
  'volcano',
  'terror',
  'system_failure',
  'cyber',
  'epidemic',
  'other',
] as const

export const situationWords = inBoth({
  ja: {
    modes: { actual: '実災害', exercise: '訓練', test: '試験' },
    hazards: {
      earthquake: '地震',
      tsunami: '津波',
      weather: '風水害',
      volcano: '火山噴火',
      terror: 'テロ・武力攻撃',
      system_failure: 'システム障害',
      cyber: 'サイバー攻撃',
      epidemic: '感染症',
      other: 'その他',
    },
    phases: { gathering: '情報収集', emergency: '緊急時', recovery: '復旧・再開時' },
    closed: '終結',
  },
  en: {
    modes: { actual: 'Actual', exercise: 'Exercise', test: 'Test' },
    hazards: {
      earthquake: 'Earthquake',
      tsunami: 'Tsunami',
      weather: 'Storm or flood',
      volcano: 'Volcanic eruption',
      terror: 'Terror or armed attack',
      system_failure: 'System failure',
      cyber: 'Cyber attack',
      epidemic: 'Epidemic',
      other: 'Other',
    },
    phases: { gathering: 'Gathering of information', emergency: 'Emergency', recovery: 'Recovery and resumption' },
    closed: 'Closed',
  },
})

/** What the desk is at in a situation: without a command centre ever set up, it gathers information. */
export const stageOf = ({
  centre_set_up_at,
  phase,
}: {
  centre_set_up_at: Date | null
  phase: 'emergency' | 'recovery'
}): 'gathering' | 'emergency' | 'recovery' => (centre_set_up_at === null ? 'gathering' : phase)
