// How the invented names are read: what an address book in Japanese is sorted and searched by.

const whole: Record<string, string> = {
  架空証券業協会: 'かくうしょうけんぎょうきょうかい',
  蒼天証券取引所: 'そうてんしょうけんとりひきじょ',
  潮騒証券取引所: 'しおさいしょうけんとりひきじょ',
  雪渓証券取引所: 'せっけいしょうけんとりひきじょ',
  流星PTS: 'りゅうせいPTS',
  月虹PTS: 'げっこうPTS',
  天秤座清算機構: 'てんびんざせいさんきこう',
  水鏡国債清算機構: 'みずかがみこくさいせいさんきこう',
  星図振替機構: 'せいずふりかえきこう',
  架空中央銀行: 'かくうちゅうおうぎんこう',
  架空西部財務局: 'かくうせいぶざいむきょく',
  架空市場監督庁: 'かくうしじょうかんとくちょう',
}

const firms: Record<string, string> = {
  蒼穹: 'そうきゅう',
  銀漢: 'ぎんかん',
  虹橋: 'にじばし',
  星見台: 'ほしみだい',
  風待港: 'かぜまち',
  夕凪: 'ゆうなぎ',
  朝霧谷: 'あさぎりだに',
  花筏: 'はないかだ',
  月読: 'つくよみ',
  雲雀野: 'ひばりの',
  青嵐: 'あおあらし',
  雪明: 'ゆきあかり',
  汐見坂: 'しおみざか',
  霞野原: 'かすみのはら',
  萌黄: 'もえぎ',
  瑠璃鳥: 'るりどり',
  翡翠川: 'ひすいがわ',
  琥珀堂: 'こはくどう',
  珊瑚樹: 'さんごじゅ',
  露草: 'つゆくさ',
  木漏日: 'こもれび',
  細雪: 'ささめゆき',
  春霞: 'はるがすみ',
  蜻蛉池: 'とんぼいけ',
  天の川: 'あまのがわ',
  綿雲: 'わたぐも',
  南十字星: 'みなみじゅうじ',
  海鳴: 'うみなり',
  山彦: 'やまびこ',
  里神楽: 'さとかぐら',
  波止場: 'はとば',
  灯台守: 'とうだいもり',
  羅針: 'らしん',
  帆影: 'ほかげ',
  千鳥浜: 'ちどりはま',
  鳴神: 'なるかみ',
  稲穂波: 'いなほなみ',
  飛燕: 'ひえん',
  蛍火: 'ほたるび',
  流氷: 'りゅうひょう',
}

/** Words that names are made of beside their own; long ones first. */
const words: [string, string][] = [
  ['信託銀行', 'しんたくぎんこう'],
  ['信用金庫', 'しんようきんこ'],
  ['証券', 'しょうけん'],
  ['銀行', 'ぎんこう'],
  ['生命', 'せいめい'],
  ['架空', 'かくう'],
  ['第', 'だい'],
]

/** How a name of the invented market is read, in kana. */
export function readingOf(name_ja: string): string {
  const known = whole[name_ja]
  if (known) return known
  const firm = name_ja.replace(/証券$/, '')
  return words.reduce((name, [word, kana]) => name.replaceAll(word, kana), name_ja.replace(firm, firms[firm] ?? firm))
}

const surnames: Record<string, string> = {
  星降: 'ほしふり',
  虹ヶ瀬: 'にじがせ',
  雲居沢: 'くもいざわ',
  霧ヶ原: 'きりがはら',
  夢野原: 'ゆめのはら',
  波音: 'なみおと',
  露原: 'つゆはら',
  灯野: 'あかりの',
  綿雲: 'わたぐも',
  月渡: 'つきわたり',
  風鳴: 'かざなり',
  雪待: 'ゆきまち',
  花吹: 'はなぶき',
  潮路: 'しおじ',
  空橋: 'そらはし',
  凪浜: 'なぎはま',
  霞坂: 'かすみざか',
  木霊: 'こだま',
  陽炎: 'かげろう',
  狐火: 'きつねび',
  蛍沢: 'ほたるざわ',
  銀河: 'ぎんが',
  朝露: 'あさつゆ',
  夕映: 'ゆうばえ',
  雷門寺: 'らいもんじ',
  雨宿: 'あまやどり',
  竹蜻蛉: 'たけとんぼ',
  風車: 'かざぐるま',
  糸雨: 'いとさめ',
  初雁: 'はつかり',
  若苗: 'わかなえ',
  鈴虫: 'すずむし',
  水鏡: 'みずかがみ',
  遠雷: 'えんらい',
  冬銀河: 'ふゆぎんが',
  春一: 'はるいち',
  夏木立: 'なつこだち',
  秋桜: 'あきざくら',
  万華: 'まんげ',
  千夜: 'ちや',
}

/** How an invented person is read; given names are in kana already. */
export function personReadingOf(name_ja: string): string {
  const [surname = '', given = ''] = name_ja.split(' ')
  return `${surnames[surname] ?? surname} ${given}`
}
