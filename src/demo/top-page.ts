import { readPerson } from '#access/sign-in/index.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { saveTopPage } from '#public/top-page/index.ts'

/** What the public top page of the invented market says besides situations. */
export async function loadTopPage(tools: Pick<Tools, 'db' | 'clock'>): Promise<void> {
  const { id } = await tools.db
    .selectFrom('person')
    .where('email', '=', 'desk@assoc.example')
    .select('id')
    .executeTakeFirstOrThrow()
  const desk = await readPerson(tools.db, id)
  if (!desk) throw new Error('the demo has no desk')
  await saveTopPage(tools, desk, {
    version: 0,
    operator_ja: '架空証券業協会 事務局',
    operator_en: 'Secretariat of the Fictional Securities Association',
    contact_ja: '架空証券業協会 代表電話 03-0000-0000（平日9時から17時。架空の番号です）',
    contact_en: 'Fictional Securities Association, 03-0000-0000 (weekdays 9:00 to 17:00; an invented number)',
    links: [
      {
        kind: 'body',
        name_ja: '蒼天証券取引所',
        name_en: 'Soten Exchange',
        url: 'https://soten.example/',
      },
      {
        kind: 'body',
        name_ja: '天秤座清算機構',
        name_en: 'Tenbinza Clearing',
        url: 'https://tenbinza.example/',
      },
      {
        kind: 'body',
        name_ja: '星図振替機構',
        name_en: 'Seizu Depository',
        url: 'https://seizu.example/',
      },
      {
        kind: 'authority',
        name_ja: '架空市場監督庁',
        name_en: 'Fictional Market Authority',
        url: 'https://regulator.example/',
      },
      {
        kind: 'central_bank',
        name_ja: '架空中央銀行',
        name_en: 'Fictional Central Bank',
        url: 'https://central-bank.example/',
      },
      {
        kind: 'other_market',
        name_ja: '架空の短期金融市場 業務継続情報',
        name_en: 'Fictional money market: continuity',
        url: 'https://money-market.example/bcp/',
      },
      {
        kind: 'other_market',
        name_ja: '架空の外国為替市場 業務継続情報',
        name_en: 'Fictional foreign exchange market: continuity',
        url: 'https://fx-market.example/bcp/',
      },
    ],
  })
}
