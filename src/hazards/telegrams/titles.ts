import { plain } from './reading.ts'
import type { TelegramCode } from './telegram.ts'

/** Control/Title of what the portal reads. The title is unique for each of these; the document holds no code. */
const used: Record<TelegramCode, string> = {
  VXSE51: '震度速報',
  VXSE52: '震源に関する情報',
  VXSE53: '震源・震度に関する情報',
  VXSE61: '顕著な地震の震源要素更新のお知らせ',
  VTSE41: '津波警報・注意報・予報a',
  VTSE51: '津波情報a',
  VYSE50: '南海トラフ地震臨時情報',
  VPWW53: '気象特別警報・警報・注意報',
  VPWW54: '気象警報・注意報（Ｈ２７）',
  VFVO56: '噴火速報',
}

/** What else comes in the feeds; the code is left out where one title stands for several. */
const others: [string, string | null][] = [
  ['緊急地震速報配信テスト', 'VXSE42'],
  ['緊急地震速報（警報）', 'VXSE43'],
  ['緊急地震速報（予報）', 'VXSE44'],
  ['緊急地震速報（地震動予報）', 'VXSE45'],
  ['地震の活動状況等に関する情報', 'VXSE56'],
  ['地震回数に関する情報', 'VXSE60'],
  ['長周期地震動に関する観測情報', 'VXSE62'],
  ['地震・津波に関するお知らせ', 'VZSE40'],
  ['沖合の津波観測に関する情報', 'VTSE52'],
  ['南海トラフ地震関連解説情報', null],
  ['北海道・三陸沖後発地震注意情報', 'VYSE60'],
  ['噴火警報・予報', 'VFVO50'],
  ['火山の状況に関する解説情報', 'VFVO51'],
  ['噴火に関する火山観測報', 'VFVO52'],
  ['降灰予報（定時）', 'VFVO53'],
  ['降灰予報（速報）', 'VFVO54'],
  ['降灰予報（詳細）', 'VFVO55'],
  ['推定噴煙流向報', 'VFVO60'],
  ['火山に関するお知らせ', 'VZVO40'],
  ['火山現象に関する海上警報・海上予報', null],
  ['気象警報・注意報', 'VPWW50'],
  ['気象警報・注意報（Ｒ０６）（大雨）', 'VPWW55'],
  ['気象警報・注意報（Ｒ０６）（土砂）', 'VPWW56'],
  ['気象警報・注意報（Ｒ０６）（高潮）', 'VPWW57'],
  ['気象特別警報報知', 'VPNO50'],
  ['土砂災害警戒情報', 'VXWW50'],
  ['記録的短時間大雨情報', 'VPOA50'],
  ['竜巻注意情報', 'VPHW50'],
  ['竜巻注意情報（目撃情報付き）', 'VPHW51'],
  ['全般気象情報', 'VPZJ50'],
  ['地方気象情報', 'VPCJ50'],
  ['府県気象情報', 'VPFJ50'],
]

/** Families whose members are told apart by more than the title, or are too many to list. */
const families = [
  /^気象警報・注意報(時系列情報)?\(R06\)/,
  /^指定河川洪水予報/,
  /台風/,
  /熱帯低気圧/,
  /^警報級の可能性|^早期注意情報/,
  /海上(警報|予報)/,
  /(潮位|高温注意|天候|スモッグ気象|黄砂)情報$/,
  /^熱中症警戒/,
]

const byTitle = new Map<string, { code: string | null; is_used: boolean }>([
  ...others.map(([title, code]) => [plain(title), { code, is_used: false }] as const),
  ...Object.entries(used).map(([code, title]) => [plain(title), { code, is_used: true }] as const),
])

/** The kind of a telegram by its Control/Title, whatever width its letters have; null: never heard of. */
export function kindByTitle(
  title: string,
): { code: TelegramCode; is_used: true } | { code: string | null; is_used: false } | null {
  const found = byTitle.get(plain(title))
  if (found?.is_used) return { code: found.code as TelegramCode, is_used: true }
  if (found) return { code: found.code, is_used: false }
  return families.some((family) => family.test(plain(title))) ? { code: null, is_used: false } : null
}
