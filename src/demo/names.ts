import type { RosterLine } from '#rosters/roster/index.ts'

/** What is decided by hand of an institution. `head` and `centre` are areas where it stands, if not as chance has it. */
export type Invented = Omit<RosterLine, 'line' | 'sites' | 'contacts'> & {
  domain: string
  head?: string
  centre?: string
}

// All invented. None is, or sounds like, a firm, exchange, clearing house, bank or authority that we know of.

export const infrastructure: Invented[] = [
  {
    code: 'ASSOC',
    kind: 'association',
    name_ja: '架空証券業協会',
    name_en: 'Fictional Securities Association',
    markets: [],
    functions: [],
    domain: 'assoc',
    centre: '520',
  },
  {
    code: 'EXC-1',
    kind: 'exchange',
    name_ja: '蒼天証券取引所',
    name_en: 'Soten Exchange',
    markets: ['exchange'],
    functions: ['order_trading', 'market_data'],
    domain: 'soten',
    centre: '520',
  },
  {
    code: 'EXC-2',
    kind: 'exchange',
    name_ja: '潮騒証券取引所',
    name_en: 'Shiosai Exchange',
    markets: ['exchange'],
    functions: ['order_trading', 'market_data'],
    domain: 'shiosai',
    head: '520',
    centre: '341',
  },
  {
    code: 'EXC-3',
    kind: 'exchange',
    name_ja: '雪渓証券取引所',
    name_en: 'Sekkei Exchange',
    markets: ['exchange'],
    functions: ['order_trading', 'market_data'],
    domain: 'sekkei',
    head: '101',
    centre: '351',
  },
  {
    code: 'PTS-1',
    kind: 'pts',
    name_ja: '流星PTS',
    name_en: 'Ryusei PTS',
    markets: ['off_exchange'],
    functions: ['order_trading', 'market_data'],
    domain: 'ryusei',
    centre: '360',
  },
  {
    code: 'PTS-2',
    kind: 'pts',
    name_ja: '月虹PTS',
    name_en: 'Tsukiniji PTS',
    markets: ['off_exchange'],
    functions: ['order_trading', 'market_data'],
    domain: 'tsukiniji',
    centre: '331',
  },
  {
    code: 'CCP-EQ',
    kind: 'clearing_equities',
    name_ja: '天秤座清算機構',
    name_en: 'Tenbinza Clearing',
    markets: ['exchange', 'off_exchange'],
    functions: ['clearing', 'settlement'],
    domain: 'tenbinza',
    centre: '520',
  },
  {
    code: 'CCP-GB',
    kind: 'clearing_bonds',
    name_ja: '水鏡国債清算機構',
    name_en: 'Mizukagami Bond Clearing',
    markets: ['bonds'],
    functions: ['clearing', 'settlement'],
    domain: 'mizukagami',
    centre: '710',
  },
  {
    code: 'CSD',
    kind: 'depository',
    name_ja: '星図振替機構',
    name_en: 'Seizu Depository',
    markets: ['exchange', 'off_exchange', 'bonds'],
    functions: ['settlement', 'custody'],
    domain: 'seizu',
    centre: '521',
  },
  {
    code: 'CB',
    kind: 'central_bank',
    name_ja: '架空中央銀行',
    name_en: 'Fictional Central Bank',
    markets: ['bonds'],
    functions: ['settlement', 'funds'],
    domain: 'cb',
    centre: '351',
  },
  {
    code: 'REG',
    kind: 'regulator',
    name_ja: '架空市場監督庁',
    name_en: 'Fictional Market Authority',
    markets: [],
    functions: [],
    domain: 'reg',
    centre: '331',
  },
]

const pairs = (list: string) =>
  list
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => line.split(' ') as [string, string])

export const firmNames = pairs(`
  蒼穹 Sokyu
  銀漢 Ginkan
  虹橋 Nijibashi
  星見台 Hoshimidai
  風待港 Kazemachi
  夕凪 Yunagi
  朝霧谷 Asagiridani
  花筏 Hanaikada
  月読 Tsukuyomi
  雲雀野 Hibarino
  青嵐 Aoarashi
  雪明 Yukiakari
  汐見坂 Shiomizaka
  霞野原 Kasuminohara
  萌黄 Moegi
  瑠璃鳥 Ruridori
  翡翠川 Hisuigawa
  琥珀堂 Kohakudo
  珊瑚樹 Sangoju
  露草 Tsuyukusa
  木漏日 Komorebi
  細雪 Sasameyuki
  春霞 Harugasumi
  蜻蛉池 Tonboike
  天の川 Amanogawa
  綿雲 Watagumo
  南十字星 Minamijuji
  海鳴 Uminari
  山彦 Yamabiko
  里神楽 Satokagura
  波止場 Hatoba
  灯台守 Todaimori
  羅針 Rashin
  帆影 Hokage
  千鳥浜 Chidorihama
  鳴神 Narukami
  稲穂波 Inahonami
  飛燕 Hien
  蛍火 Hotarubi
  流氷 Ryuhyo`)

export const specialNames: [string, string, string][] = [
  ['架空あさやけ銀行', 'Fictional Asayake Bank', 'asayake'],
  ['架空ゆうやけ信託銀行', 'Fictional Yuyake Trust Bank', 'yuyake'],
  ['架空わたぐも銀行', 'Fictional Watagumo Bank', 'watagumo-bank'],
  ['架空かざぐるま信用金庫', 'Fictional Kazaguruma Shinkin Bank', 'kazaguruma'],
  ['架空ほたるび銀行', 'Fictional Hotarubi Bank', 'hotarubi-bank'],
  ['架空しおかぜ生命', 'Fictional Shiokaze Life', 'shiokaze'],
  ['架空ゆきあかり銀行', 'Fictional Yukiakari Bank', 'yukiakari-bank'],
  ['架空こもれび信託銀行', 'Fictional Komorebi Trust Bank', 'komorebi-trust'],
]

/** Real cities and wards by the area (細分区域) in which the agency reports their shaking. */
export const places: Record<string, string[]> = {
  '101': ['北海道札幌市中央区', '北海道札幌市北区', '北海道江別市'],
  '222': ['宮城県仙台市青葉区', '宮城県仙台市宮城野区'],
  '331': ['埼玉県さいたま市大宮区', '埼玉県川口市', '埼玉県所沢市'],
  '341': ['千葉県千葉市美浜区', '千葉県船橋市', '千葉県市川市'],
  '350': ['東京都中央区', '東京都千代田区', '東京都江東区', '東京都港区', '東京都品川区', '東京都新宿区'],
  '351': ['東京都府中市', '東京都三鷹市', '東京都立川市', '東京都多摩市'],
  '360': ['神奈川県横浜市西区', '神奈川県川崎市幸区', '神奈川県藤沢市'],
  '391': ['石川県金沢市'],
  '451': ['愛知県名古屋市中区', '愛知県一宮市'],
  '511': ['京都府京都市下京区', '京都府宇治市'],
  '520': ['大阪府大阪市中央区', '大阪府大阪市北区', '大阪府豊中市', '大阪府茨木市'],
  '521': ['大阪府堺市堺区', '大阪府岸和田市'],
  '592': ['広島県広島市中区', '広島県呉市'],
  '710': ['福岡県福岡市博多区', '福岡県福岡市中央区'],
}

export const surnames = pairs(`
  星降 Hoshifuri
  虹ヶ瀬 Nijigase
  雲居沢 Kumoizawa
  霧ヶ原 Kirigahara
  夢野原 Yumenohara
  波音 Namioto
  露原 Tsuyuhara
  灯野 Akarino
  綿雲 Watagumo
  月渡 Tsukiwatari
  風鳴 Kazanari
  雪待 Yukimachi
  花吹 Hanabuki
  潮路 Shioji
  空橋 Sorahashi
  凪浜 Nagihama
  霞坂 Kasumizaka
  木霊 Kodama
  陽炎 Kagero
  狐火 Kitsunebi
  蛍沢 Hotaruzawa
  銀河 Ginga
  朝露 Asatsuyu
  夕映 Yubae
  雷門寺 Raimonji
  雨宿 Amayadori
  竹蜻蛉 Taketonbo
  風車 Kazaguruma
  糸雨 Itosame
  初雁 Hatsukari
  若苗 Wakanae
  鈴虫 Suzumushi
  水鏡 Mizukagami
  遠雷 Enrai
  冬銀河 Fuyuginga
  春一 Haruichi
  夏木立 Natsukodachi
  秋桜 Akizakura
  万華 Mange
  千夜 Chiya`)

export const givenNames = pairs(`
  あかり Akari
  そら Sora
  うみ Umi
  はる Haru
  なぎ Nagi
  ひかる Hikaru
  つむぎ Tsumugi
  みなと Minato
  しおり Shiori
  かえで Kaede
  いぶき Ibuki
  あおい Aoi
  すばる Subaru
  こはる Koharu
  いつき Itsuki
  ゆづき Yuzuki
  まこと Makoto
  のぞみ Nozomi
  ひなた Hinata
  れい Rei
  かなで Kanade
  ちひろ Chihiro
  とわ Towa
  みちる Michiru
  あさひ Asahi
  しずく Shizuku
  つばさ Tsubasa
  ほまれ Homare
  わたる Wataru
  みのり Minori`)
