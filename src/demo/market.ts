import type { RosterLine } from '#rosters/roster/index.ts'
import { firmNames, givenNames, type Invented, infrastructure, places, specialNames, surnames } from './names.ts'

/** Institutions of the demo market: eleven without which the market cannot work, forty firms, eight special members. */
export const demo_institutions = 59

/**
 * A market of so many invented institutions, always the same: first the infrastructure, then securities firms, then
 * special members. Every address ends in a town that does not exist, every mail in .example, every phone begins 03-0000.
 */
export function fictionalMarket(count = demo_institutions): RosterLine[] {
  const members = Math.max(0, count - infrastructure.length)
  const special = Math.round(members / 6)
  const lines = [
    ...infrastructure,
    ...Array.from({ length: members - special }, (_, index) => firm(index)),
    ...Array.from({ length: special }, (_, index) => specialMember(index)),
  ].slice(0, count)
  return lines.map((institution, index) => {
    const { domain: _domain, head: _head, centre: _centre, ...line } = institution
    return { ...line, ...whereAndWho(institution, index), line: index + 2 }
  })
}

function firm(index: number): Invented {
  const number = String(index + 1).padStart(3, '0')
  const [ja, en] = firmNames[index] ?? [`架空第${index + 1}`, `Fictional No. ${index + 1}`]
  return {
    code: `SEC-${number}`,
    kind: 'securities_firm',
    name_ja: `${ja}証券`,
    name_en: `${en} Securities`,
    // Most trade everywhere; some only at the exchanges, some only over the counter.
    markets:
      index % 7 === 5
        ? ['bonds']
        : index % 3 === 0
          ? ['exchange', 'off_exchange', 'bonds']
          : ['exchange', 'off_exchange'],
    functions: index % 5 === 4 ? ['order_trading', 'settlement'] : ['order_trading', 'settlement', 'custody', 'funds'],
    domain: firmNames[index] ? en.toLowerCase() : `sec${number}`,
  }
}

function specialMember(index: number): Invented {
  const number = String(index + 1).padStart(3, '0')
  const [ja, en, domain] = specialNames[index] ?? [
    `架空第${index + 1}銀行`,
    `Fictional Bank No. ${index + 1}`,
    `spm${number}`,
  ]
  return {
    code: `SPM-${number}`,
    kind: 'special_member',
    name_ja: ja,
    name_en: en,
    markets: index % 2 === 0 ? ['bonds'] : ['off_exchange', 'bonds'],
    functions: ['order_trading', 'settlement', 'custody', 'funds'],
    domain,
  }
}

const centres = ['351', '341', '520', '360', '331', '710', '351', '101', '451', '521', '222', '592']
const homeTowns = ['520', '451', '710', '101', '222', '360', '592', '391', '511', '331']

function whereAndWho(institution: Invented, index: number): Pick<RosterLine, 'sites' | 'contacts'> {
  const is_member = !infrastructure.includes(institution)
  // Every fourth member has its head office outside Tokyo, and no centre stands where the head office does.
  const homeTown = is_member && index % 4 === 1 ? homeTowns[(index >> 2) % homeTowns.length]! : '350'
  const head = institution.head ?? homeTown
  const planned = institution.centre ?? centres[index % centres.length]!
  const centre = planned === head ? '351' : planned
  const block = (n: number) => `${(n % 9) + 1}-${((n * 7) % 20) + 1}-${((n * 3) % 12) + 1}`
  return {
    sites: [
      { kind: 'head_office', address: `${placeIn(head, index)}架空町${block(index)}`, area_code: head },
      { kind: 'data_centre', address: `${placeIn(centre, index)}架空台${block(index + 4)}`, area_code: centre },
    ],
    contacts: [1, 2].map((rank) => ({
      rank,
      ...personName(index * 2 + rank - 1),
      mail: `${rank === 1 ? 'bcp' : 'deputy'}@${institution.domain}.example`,
      phone: `+8130000${String((index * 2 + rank) % 10_000).padStart(4, '0')}`,
    })),
  }
}

function placeIn(area: string, index: number): string {
  const here = places[area]!
  return here[index % here.length]!
}

/** The n-th invented person; the first 1,200 all differ. */
export function personName(n: number): { name_ja: string; name_en: string } {
  const [family_ja, family_en] = surnames[n % surnames.length]!
  const [given_ja, given_en] = givenNames[(Math.floor(n / surnames.length) + n * 7) % givenNames.length]!
  return { name_ja: `${family_ja} ${given_ja}`, name_en: `${given_en} ${family_en}` }
}
