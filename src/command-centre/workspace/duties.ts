import { inBoth, type Language } from '#ground/html/language.ts'

/** What the secretariat and the institutions do in each phase (平時／緊急時／復旧・再開時, S0-48). */
const duties = inBoth({
  ja: {
    peacetime: ['連絡先と名簿を新しく保つ', '設置基準を見直す', '訓練で手順を確かめる'],
    emergency: [
      '事務局：全機関に状況報告を依頼し、未報告の機関を確かめる',
      '事務局：集計を関係機関に還元し、投資家に必要な情報を公表する',
      '各機関：自機関の状況・BCPの発動・次の更新時刻を報告する',
    ],
    recovery: [
      '事務局：再開の見込みを集約し、関係機関と調整する',
      '事務局：公表内容を更新し、終結まで集約・還元・提供を続ける',
      '各機関：再開した機能と再開見込みを報告する',
    ],
  },
  en: {
    peacetime: ['Keep contacts and the roster current', 'Review the criteria', 'Prove the procedure in exercises'],
    emergency: [
      'Secretariat: ask all institutions to report and find out who is missing',
      'Secretariat: share the picture with the institutions and publish what investors need',
      'Institutions: report their state, whether the BCP is activated, and when the next update comes',
    ],
    recovery: [
      'Secretariat: gather when functions are expected to resume and coordinate',
      'Secretariat: update the publication; collect, return and provide until closure',
      'Institutions: report what has resumed and what is expected to',
    ],
  },
})

export const dutiesOf = (phase: 'peacetime' | 'emergency' | 'recovery', language: Language): string[] =>
  duties[language][phase]
