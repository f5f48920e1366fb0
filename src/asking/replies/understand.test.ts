import assert from 'node:assert/strict'
import { test } from 'node:test'
import { htmlText } from './html-text.ts'
import { mailWords } from './mail-words.ts'
import { ownWords } from './own-words.ts'
import { understand } from './understand.ts'

const acknowledge = { answer_wanted: 'acknowledge', choices: [] } as const
const report = { answer_wanted: 'report', choices: [] } as const
const choice = {
  answer_wanted: 'choice',
  choices: [
    { ja: '出社できます', en: 'Can come in' },
    { ja: '出社できません', en: 'Cannot come in' },
  ],
} as const
const normal = (text = '') => ({ given: 'report', how: 'normal', text }) as const
const alternative = (text = '') => ({ given: 'report', how: 'alternative', text }) as const
const trouble = (text: string) => ({ given: 'report', how: 'not_normal', text }) as const

for (const [text, notice, expected] of [
  ['1', acknowledge, { given: 'acknowledged', text: '' }],
  ['１', acknowledge, { given: 'acknowledged', text: '' }],
  ['①', acknowledge, { given: 'acknowledged', text: '' }],
  ['「1」', acknowledge, { given: 'acknowledged', text: '' }],
  ['1 確認しました', acknowledge, { given: 'acknowledged', text: '' }],
  ['1\n山田 太郎', acknowledge, { given: 'acknowledged', text: '山田 太郎' }],
  ['2', acknowledge, null],
  ['確認しました', acknowledge, null],
  ['', acknowledge, null],
  ['1', report, normal()],
  ['1です。', report, normal()],
  ['1 異常なし', report, normal()],
  ['１。\n全拠点です', report, null],
  ['1 階が浸水しています', report, null],
  ['1号館が停電', report, null],
  ['10名不足', report, null],
  ['12:30に復旧', report, null],
  ['2026年は', report, null],
  ['1 2', report, null],
  ['1\nWeb trading is halted since 9:10', report, null],
  ['1\nTEL dead', report, null],
  ['1\nDear all', report, normal()],
  ['1\nDear secretariat, trading is suspended', report, null],
  ['1\n高橋 けが', report, null],
  ['1\n電話: 03-0000-0001 つながりません', report, null],
  ['1\n取引ストップ 担当者', report, null],
  ['2', report, null],
  ['2 システムの一部が停止', report, trouble('システムの一部が停止')],
  ['２、停電中\n復旧は未定', report, trouble('停電中\n復旧は未定')],
  ['2\n停電中', report, trouble('停電中')],
  ['2階が浸水', report, trouble('2階が浸水')],
  ['2 10名不足', report, trouble('10名不足')],
  ['3 停電', report, null],
  ['3', report, alternative()],
  ['3です。よろしくお願いいたします。', report, alternative()],
  ['3 異常なし', report, null],
  ['3階が浸水', report, null],
  ['3', acknowledge, null],
  ['3 代替運用中です', report, alternative()],
  ['2 代替運用中', report, alternative()],
  ['2 第2センターで代替運用中です。', report, alternative('第2センターで代替運用中です')],
  ['2\n当社はバックアップサイトにて稼働しています', report, alternative('当社はバックアップサイトにて稼働しています')],
  ['2 We are running on the backup site', report, alternative('We are running on the backup site')],
  ['2 代替運用中。本店は停電', report, trouble('代替運用中。本店は停電')],
  ['2 清算のみ代替運用中', report, trouble('清算のみ代替運用中')],
  ['2 代替運用できません', report, trouble('代替運用できません')],
  ['2 代替運用を準備中', report, trouble('代替運用を準備中')],
  ['3 一部を除き代替運用中', report, null],
  ['1 代替運用中', report, null],
  ['1 バックアップサイトで正常に稼働しています', report, null],
  ['代替運用中です', report, null],
  ['異常なし', report, null],
  ['1', choice, { given: 'choice', choice: 1, text: '' }],
  ['2 出社できません', choice, { given: 'choice', choice: 2, text: '' }],
  ['2 出社できます', choice, null],
  ['3', choice, null],
  ['2 名が出社', choice, null],
  ['1', { answer_wanted: 'none', choices: [] }, null],
  ['１　すべて正常', report, normal()],
  ['1.', report, normal()],
  ['1．すべて正常です。', report, normal()],
  ['(1)', report, normal()],
  ['お世話になっております。\n\n1', report, normal()],
  ['事務局　御中\nお疲れ様です。\n２　停電', report, trouble('停電')],
  ['Hello,\n1', acknowledge, { given: 'acknowledged', text: '' }],
  ['お世話になっております。', acknowledge, null],
  ['お世話になっております。基幹システムが停止しました。\n1', report, null],
  ['基幹系の停止です。\n1', report, null],
  ['2 停電 関係各位\n1', report, trouble('停電 関係各位\n1')],
  ['2月1日まで休暇をいただいております。', report, null],
  ['2日まで不在です', report, null],
  ['2日間の休業です', report, null],
  ['2時に復旧の見込み', report, null],
  ['１月15日まで不在', acknowledge, null],
  ['2日本橋支店が停電', report, trouble('2日本橋支店が停電')],
  ['2 時間外の受付を停止', report, trouble('時間外の受付を停止')],
  // As firms write: greetings, names, endings.
  ['協会事務局 御中\n\nお世話になっております。\n架空証券 BCP担当の山田です。\n\n1', report, normal()],
  ['山田です。\n1', report, normal()],
  ['事務局 様\n1', report, normal()],
  ['ご担当者様\n\n1 異常なし', report, normal()],
  ['1 異常なしです。よろしくお願いいたします。', report, normal()],
  ['1 異常無し', report, normal()],
  ['1　問題ありません', report, normal()],
  ['1️⃣', report, normal()],
  ['❶', report, normal()],
  ['⑴', report, normal()],
  ['回答：1', report, normal()],
  ['回答は１です。', report, normal()],
  ['【1】', report, normal()],
  ['お世話になっております。鈴木です。1', report, normal()],
  ['1 特に被害はございません。システムも正常に稼働しております。', report, normal()],
  ['1\n\n以上、よろしくお願いいたします。\n架空証券株式会社 災害対策室\n佐藤 花子\nTEL 03-0000-0001', report, normal()],
  ['1\nBest regards,\nKoyo Securities', report, normal()],
  ['1 確認いたしました。', acknowledge, { given: 'acknowledged', text: '' }],
  ['1 受領しました', acknowledge, { given: 'acknowledged', text: '' }],
  ['1です、よろしくお願いします', acknowledge, { given: 'acknowledged', text: '' }],
  // Never "all is normal" when anything else is said.
  ['1\n\nと言いたいところですが、実は売買停止中です', report, null],
  ['1 売買システム停止中', report, null],
  ['1 異常なし。ただし本店は停電', report, null],
  ['1 東京本店のみ', report, null],
  ['1\n大阪支店を除く', report, null],
  ['1\n確認中です', report, null],
  ['1 異常なし\n2 基幹システム', report, null],
  ['停電です。\n1', report, null],
  ['停電中 関係各位\n1', report, null],
  ['お世話になっております。停電中の山田です。\n1', report, null],
  ['システム一部\n1', report, null],
  ['1\n電話をください', report, null],
  ['2 異常なし', report, null],
  ['1\n出社できません', choice, null],
] as const)
  test(`“${text.replaceAll('\n', '⏎')}” to a notice that wants ${notice.answer_wanted}`, () => {
    assert.deepEqual(understand(text, notice), expected)
  })

for (const [what, mail, own] of [
  ['nothing else', '1\r\n', '1'],
  ['a quotation below', '1\n\n2027年1月15日(金) 9:00 Noroshi <noroshi@market.example>:\n> 【訓練】通知\n> 1 確認', '1'],
  ['a quotation above', '> 通知\n> 2 だめ\n\n1', '1'],
  ['an English attribution', '1\n\nOn Fri, 15 Jan 2027 at 09:00, Noroshi <noroshi@market.example> wrote:\n> text', '1'],
  [
    'an attribution in two lines',
    '1\n\nOn Fri, 15 Jan 2027 at 09:00, Noroshi\n<noroshi@market.example> wrote:\n> text',
    '1',
  ],
  ['Outlook', '2 停電\n\n-----Original Message-----\nFrom: Noroshi <noroshi@market.example>\n1 確認', '2 停電'],
  [
    'Outlook in Japanese',
    '1\n________________________________\n差出人: Noroshi <noroshi@market.example>\n送信日時: 2027年',
    '1',
  ],
  ['a header block', '1\n\n差出人： Noroshi <noroshi@market.example>\n件名： 通知\n本文', '1'],
  ['a Japanese divider', '1\n----- 元のメッセージ -----\n本文', '1'],
  [
    'a quotation that is not marked',
    '1\n2027/01/15 9:00、Noroshi <noroshi@market.example>のメール:\n本文\n2 だめ',
    '1',
  ],
  ['a signature', '1\n-- \n架空証券\n2番出口', '1'],
  ['a ruled signature', '1\n\n━━━━━━━━━━\n架空証券 山田', '1'],
  ['a phone', '1\n\niPhoneから送信', '1'],
  ['a rule above what is said', '1\n------\n実は停電中です', '1\n------\n実は停電中です'],
  ['blanks of every kind', '\ufeff\u3000\n 1 \u00a0\n', '1'],
  ['a quotation alone', '> 1\n> 2', ''],
] as const)
  test(`what somebody wrote themselves, beside ${what}`, () => {
    assert.equal(ownWords(mail), own)
  })

for (const [what, html, own] of [
  [
    'Outlook',
    '<html><head><style>p{}1</style></head><body><div>1</div><div id="appendonsend"></div><hr>2</body></html>',
    '1',
  ],
  [
    'Gmail',
    '<div dir="ltr">２&nbsp;停電<br>復旧は&#26410;定</div><div class="gmail_quote">1</div>',
    '２ 停電\n復旧は未定',
  ],
  ['a nested quotation', '<blockquote>1<blockquote>2</blockquote>3</blockquote><p>1</p>', '1'],
  ['what is cut off', '<p>1</p><blockquote>2', '1'],
  ['a comment', '<!-- 2 --><p>1 &lt;b&gt;</p>', '1 <b>'],
] as const)
  test(`a mail in HTML alone, of ${what}`, () => {
    assert.equal(ownWords(htmlText(html)), own)
  })

test('what is said below a ruled line or a date is not taken for a signature or a quotation', () => {
  for (const text of [
    '1\n\n----------\n注文の受付が遅れています\n復旧は午後です',
    '1\n-- \nすべての支店が浸水',
    '1\n2026年12月1日 8時時点で次の業務を見合わせ中:\n注文\n決済',
  ])
    assert.equal(understand(ownWords(text), report), null, text)
  assert.equal(ownWords('1\n2027年1月15日(金) 9:00 Noroshi <noroshi@market.example>:\n> 依頼'), '1')
})

for (const text of [
  '1\n──────\n燕\n本店は停電です',
  '1 炎上 部',
  '1\n炎上 各位',
  '炎上 部\n1',
  '1 営業部',
  '1\n高橋 重体',
  '1\n100-0001 本店炎上',
  '1\n03-0000-0001 本店炎上',
  '1\nAll systems frozen at the bank',
  '1\n取引先証券',
  '1\n決済銀行',
  '1\nHuge Loss Bank',
  '1\n__________\n全サーバが沈黙',
  '1\n__________\nfrom: our desk\nwe see nothing',
  '1\nfrom: our desk@site the system is frozen',
  '1\nfrom: our desk@site.example\nthe system is frozen',
  '1\n-- \n架空証券\n決済は遅い',
  '1\n-- \n架空証券\n> 通知\n決済は遅い',
  '1\nSent from my desk: the screens are blank',
  '1\n山田さんは書きました:\n画面が真っ白',
  '1\nOn 3 of 5 sites operators wrote:\nthe screens are blank',
  '1\n> 通知\n画面が真っ白',
  `1${'\n'.repeat(500)}画面が真っ白`,
  `1${'\n異常なし'.repeat(1000)}\n画面が真っ白`,
  `1\n${' '.repeat(5000)}画面が真っ白`,
])
  test(`“1” with a word that is not known to say nothing is for a person: “${text.slice(0, 40).replaceAll('\n', '⏎')}”`, () => {
    assert.equal(understand(ownWords(text), report), null)
  })

test('a signature of known lines says nothing, nor does a copy whose heading was broken in two', () => {
  for (const text of [
    '1\n\n--------------------\n架空証券株式会社\nシステム部 システム企画課\n課長 佐藤 花子\n〒100-0001\n東京都千代田区千代田1-1-1 架空ビル 3階\nTEL: 03-0000-0001 / FAX: 03-0000-0002\nE-mail: sato@example.jp\nhttps://www.example.jp/\n--------------------',
    '1\n2027年1月15日(金) 9:00 Noroshi\n<noroshi@market.example>:\n> 依頼',
    '1\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Noroshi <noroshi@market.example>\nSent: Friday\n2 trouble',
  ])
    assert.deepEqual(understand(ownWords(text), report), normal(), text)
})

for (const [what, mail, said] of [
  [
    'below a quotation of Gmail',
    { html: '<div>1</div><div class="gmail_quote"><blockquote>2</blockquote></div>画面が真っ白' },
    null,
  ],
  [
    'in a quotation of Gmail, below the copy',
    {
      html: '<div>1</div><div class="gmail_quote"><div class="gmail_attr">On 1</div><blockquote>2</blockquote><p>画面が真っ白</p></div>',
    },
    null,
  ],
  ['in the HTML and not in the text', { text: '1\n', html: '<p>1</p><p>画面が真っ白</p>' }, null],
  ['in the text and not in the HTML', { text: '1\n画面が真っ白', html: '<p>1</p>' }, null],
  ['behind all the HTML that is read', { html: `<p>1</p>${'<i></i>'.repeat(100_000)}画面が真っ白` }, null],
  [
    'nowhere: both say the same',
    { text: '1\n*架空証券*\n> 2', html: '<p>1</p><b>架空証券</b><blockquote>2</blockquote>' },
    normal(),
  ],
  [
    'nowhere: below Thunderbird’s copy is nothing',
    { text: '', html: '<p>1</p><div class="moz-cite-prefix">On 1 wrote:</div><blockquote>2</blockquote>' },
    normal(),
  ],
] as const)
  test(`words ${what}`, () => {
    assert.deepEqual(understand(mailWords(mail, false), report), said)
  })

test('a mail made to take long does not', () => {
  for (const text of ['全て', '全', '山田 ', 'あ、', 'a', '証券', 'システム', '担当', '担当 ', '0-', 'a.', '管理部 '])
    understand(`1 ${text.repeat(2000)}\n${text.repeat(2000)}`, report)
  const long = 500_000
  for (const text of [
    '<blockquote>'.repeat(long / 10),
    '<'.repeat(long),
    '&'.repeat(long),
    ' '.repeat(long),
    '> '.repeat(long),
    '<div class=gmail_quote>'.repeat(long / 20),
    `1\n${'------\n'.repeat(long / 10)}a`,
    `1\n${'\n2027年1月15日 <a@b.example>:'.repeat(long / 100)}`,
  ])
    ownWords(htmlText(text) + text)
})

test('the names of who writes are known, whatever they are made of', () => {
  const names = { people: ['不破 災', 'Sai Fuwa'], institutions: ['停車場証券'] }
  for (const text of ['停車場証券の不破です。\n1', '1\n\n停車場証券\n不破 災', '1\nRegards,\nSai Fuwa'])
    assert.deepEqual(understand(text, { ...report, names }), normal(), text)
})
