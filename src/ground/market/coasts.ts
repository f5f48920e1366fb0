import { areas, prefectures } from './areas.ts'

/** Coasts (津波予報区) that are less than a prefecture, or more, by the areas (細分区域) that lie on them. */
const areasOfCoast: Record<string, string[]> = {
  オホーツク海沿岸: ['136', '140', '141', '142', '165'],
  陸奥湾: ['200', '202', '203'],
  '千葉県九十九里・外房': ['340', '342'],
  千葉県内房: ['342'],
  東京湾内湾: ['341', '342', '350', '360'],
  伊豆諸島: ['354', '355', '356', '357', '358'],
  小笠原諸島: ['359'],
  '相模湾・三浦半島': ['360', '361'],
  新潟県上中下越: ['370', '371', '372'],
  佐渡: ['375'],
  石川県能登: ['390'],
  石川県加賀: ['391'],
  '伊勢・三河湾': ['450', '451', '460', '461'],
  兵庫県瀬戸内海沿岸: ['531', '532', '535'],
  淡路島南部: ['535'],
  '島根県出雲・石見': ['570', '571'],
  隠岐: ['575'],
  '有明・八代海': ['713', '721', '731', '732', '741', '743'],
  長崎県西方: ['730', '731', '737'],
  '壱岐・対馬': ['735', '736'],
  熊本県天草灘沿岸: ['743'],
  鹿児島県東部: ['770', '771'],
  鹿児島県西部: ['770', '775'],
  '種子島・屋久島地方': ['776', '777'],
  '奄美群島・トカラ列島': ['774', '778', '779'],
  '奄美諸島・トカラ列島': ['774', '778', '779'],
  沖縄本島地方: ['800', '801', '802'],
  大東島地方: ['803'],
  '宮古島・八重山地方': ['804', '805', '806', '807'],
}

/** The areas a coast belongs to: coarse, since an area reaches far inland; never fewer than are in danger. Empty for an unknown coast. */
export function areasAtCoast(name: string): string[] {
  if (Object.hasOwn(areasOfCoast, name)) return areasOfCoast[name]!
  const same = areas.find((area) => area.name === name)
  if (same) return [same.code]
  const prefecture = prefectures.find(({ name_ja }) => name.startsWith(name_ja))
  return areas.filter(({ prefecture_code }) => prefecture_code === prefecture?.code).map(({ code }) => code)
}
