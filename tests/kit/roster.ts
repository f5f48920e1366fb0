import type { ContactLine, InstitutionLine, Upload } from '#rosters/roster/lines.ts'

/** A number as a file has it, of Japan and nobody's. */
export const way = (address: string, extension = '') => ({ address, extension })

export const institution = (change: Partial<InstitutionLine> = {}): InstitutionLine => ({
  line: 2,
  code: 'SEC-001',
  kind: 'securities_firm',
  name_ja: '蒼穹証券',
  name_en: 'Sokyu Securities',
  markets: ['exchange'],
  functions: ['order_trading'],
  sites: { head_office: { address: '東京都中央区架空町1-1', area_code: '350' } },
  ...change,
})
export const contact = (change: Partial<ContactLine> = {}): ContactLine => ({
  line: 2,
  institution_code: 'SEC-001',
  rank: 1,
  name_ja: '星降 あかり',
  ways: { mail: [way('bcp@sokyu.example')] },
  ...change,
})
export const upload = (institutions: InstitutionLine[] | null, contacts: ContactLine[] | null): Upload => ({
  institutions,
  contacts,
  is_compact: false,
})

/** One institution with everything that a roster can say of it, and three contacts with every way and order to call them. */
export const full = upload(
  [
    institution({
      reading: 'そうきゅうしょうけん',
      lei: '52990000FICTIONAL048',
      mic: 'XSKY',
      parent_code: 'EXC-1',
      sites: {
        head_office: { address: '東京都中央区架空町1-1', area_code: '350' },
        data_centre: { address: '大阪府大阪市架空町2-2', area_code: '520' },
        backup_data_centre: { address: '福岡県福岡市架空町"3", 3', area_code: '710' },
        alternate_office: { address: '愛知県名古屋市架空町4-4', area_code: '451' },
      },
      active_from: '2020-04-01',
      active_to: null,
    }),
  ],
  [
    contact({
      name_en: 'Akari Hoshifuri',
      reading: 'ほしふり あかり',
      title: '=部長',
      duties: ['executive', 'bcp'],
      hours: ['business', 'night', 'holiday'],
      first_responder: ['night', 'holiday'],
      ways: {
        mail: [way('bcp@sokyu.example'), way('bcp2@sokyu.example')],
        mobile: [way('+819000000001'), way('+819000000002')],
        phone: [way('+81300000001', '12')],
        priority_phone: [way('+81300000002')],
        satellite: [way('+881600000000')],
        fax: [way('+81300000003')],
      },
    }),
    contact({
      line: 3,
      rank: 2,
      name_ja: '虹ヶ瀬 なぎ',
      called_by: { code: 'SEC-001', rank: 1 },
      ways: { mail: [way('deputy@sokyu.example')] },
    }),
    contact({
      line: 4,
      rank: 3,
      name_ja: '夜番 さくら',
      hours: ['night'],
      duties: [],
      called_by: { code: 'EXC-1', rank: 1 },
      ways: { mail: [], mobile: [way('+819000000003')] },
    }),
  ],
)
