import type { Place } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'

export const places = ['main_office', 'alternate_office', 'home', 'other'] as const satisfies readonly Place[]

/** The words of contact points that several pages say. */
export const pointWords = inBoth({
  ja: {
    title: '連絡先情報',
    point: '連絡窓口',
    section: '部署',
    phone: '電話',
    mail: 'メール',
    office: '代替オフィス',
    office_address: '所在地',
    office_phone: '代替オフィスの電話',
    place: 'いまの勤務場所',
    places: { main_office: '主たる事務所', alternate_office: '代替オフィス', home: '在宅', other: 'その他' } as Record<
      Place,
      string
    >,
    place_of: (place: string, note: string) => (note ? `${place}（${note}）` : place),
    since: (time: string) => `${time} から`,
    not_said: '知らされていません',
    on_behalf: '事務局が代わって記録',
    no_point: '連絡窓口の登録がありません',
  },
  en: {
    title: 'Contact points',
    point: 'Contact point',
    section: 'Section',
    phone: 'Phone',
    mail: 'Mail',
    office: 'Alternate office',
    office_address: 'Address',
    office_phone: 'Phone of the alternate office',
    place: 'Now working from',
    places: {
      main_office: 'Main office',
      alternate_office: 'Alternate office',
      home: 'Home',
      other: 'Elsewhere',
    },
    place_of: (place: string, note: string) => (note ? `${place} (${note})` : place),
    since: (time: string) => `since ${time}`,
    not_said: 'Not said',
    on_behalf: 'Entered by the secretariat',
    no_point: 'No contact point is registered',
  },
})
