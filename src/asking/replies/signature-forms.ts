const number = String.raw`([+]|[(]?0)([()\s-]{0,2}\d){8,13}(\s*[(]?(代表|直通|内線\s*\d{1,6}|ext[.]?\s*\d{1,6})[)]?)?`
const labelled = String.raw`(tel|fax|phone|mobile|電話(番号)?|携帯(電話)?|直通)[\s.:/]*${number}|内線[\s.:]*\d{1,6}`
const host = `[a-z0-9-]+([.][a-z0-9-]+)*[.][a-z]{2,12}`
const mail = String.raw`((e-?mail|mail|メール)[\s.:]*)?<?[\w.+-]{1,60}@${host}>?`
const url = String.raw`((url|web|hp)[\s.:]*)?<?(https?://(${host}|localhost)|www[.]${host})(/[\w./~-]*)?>?`
const postal = String.raw`〒?\s*\d{3}-\d{4}`
const building = String.raw`[\p{Script=Han}\p{Script=Katakana}ーa-z]{1,15}(ビル|ビルディング|タワー|センター|会館)`
const address = String.raw`(東京都|北海道|(京都|大阪)府|\p{Script=Han}{2,3}県)[\p{Script=Han}\p{Script=Katakana}ヶー]{1,20}\d[\d丁目番地号の-]{0,14}(\s*${building}\s*(\d{1,2}\s*(階|f))?)?`
const exit = String.raw`([\p{Script=Han}\p{Script=Katakana}ー]{1,8}駅\s*)?[a-z]?\d{1,2}[a-z]?番?出口`

/**
 * The lines that signatures are made of, each by its whole form: a telephone, a mail address, a page, an address, a ruled line, and
 * what phones put below. A line that only begins like one is none.
 */
export const signatureForms: readonly string[] = [
  `((${labelled}|${number})[\\s/|,、]*){1,3}`,
  mail,
  url,
  `${postal}|(${postal}\\s*)?${address}|(${address}\\s*)?${exit}`,
  String.raw`[-=*_~#─━―＝＿＊～☆★◇◆□■・\s]{2,}`,
  'sent from my (iphone|ipad|android|galaxy|pixel|xperia|mobile|phone)( phone| device)?[.]?',
  `get outlook for (ios|android|mac)(\\s*${url})?`,
  '(my )?(iphone|ipad|android|galaxy|スマートフォン|携帯(電話)?|outlook|yahoo!メールアプリ)から送信(されました)?',
]
