import { inBoth } from '#ground/html/language.ts'
import type { Body } from './audience.ts'

/** What an audience is made of, in the words of every page that shows one. */
export const audienceWords = inBoth({
  ja: {
    audience: '宛先',
    everyone: 'すべての機関',
    kinds: '機関の種別',
    markets: '取引の種類',
    bodies: '会議体・金融庁等',
    areas: '拠点のある地域',
    groups: '宛先グループ',
    institutions: '機関を1つずつ',
    without: '除く機関',
    body: {
      council: '協議会委員のいる機関',
      command_centre: '対策本部員のいる機関',
      authorities: '金融庁・財務局／日本銀行（担当者のいる機関）',
    } as Record<Body, string>,
    size: (text: string, institutions: number) => `${text}（${institutions}）`,
    count: (institutions: number) => `${institutions}機関`,
    removed: (name: string) => `${name}（削除済み）`,
    any: '次のどれか1つにでも当たる機関です（両方に当たる機関だけではありません）。',
    and: '、',
  },
  en: {
    audience: 'Audience',
    everyone: 'All institutions',
    kinds: 'Kinds of institution',
    markets: 'Markets',
    bodies: 'Bodies and authorities',
    areas: 'Areas with a site',
    groups: 'Saved audiences',
    institutions: 'Single institutions',
    without: 'Left out',
    body: {
      council: 'Institutions with a council member',
      command_centre: 'Institutions with a command-centre member',
      authorities: 'Authorities (institutions with a person of theirs)',
    } as Record<Body, string>,
    size: (text: string, institutions: number) => `${text} (${institutions})`,
    count: (institutions: number) => (institutions === 1 ? '1 institution' : `${institutions} institutions`),
    removed: (name: string) => `${name} (removed)`,
    any: 'Every institution that any one of these holds for, not only those that all hold for.',
    and: ', ',
  },
})
