import { readPerson } from '#access/sign-in/index.ts'
import type { Database } from '#ground/db/database.ts'
import { dayAt } from '#ground/html/day.tsx'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type BodyForm, type CriterionForm, putBody, saveCriterion, settleBody } from '#status/activations/index.ts'

type Rules = Omit<BodyForm, 'reason' | 'version'> & Omit<CriterionForm, 'reason' | 'version' | 'effective_on'>

/** Who decides on the BCP of each market of the demo, and by which criteria: all of it is invented, and nothing is activated. */
const rules: Record<string, Rules> = {
  exchange: {
    institution: 'EXC-1',
    body_ja: '蒼天証券取引所 BCP対策本部（架空）',
    body_en: 'Soten Exchange BCP headquarters (fictional)',
    procedure_ja: '架空の例：取引所の社長が、清算機関と協議した上で決定する。社長が不在のときは副社長。',
    procedure_en:
      'Fictional example: the president of the exchange decides after talking with the clearing house; in their absence the vice-president.',
    activating_ja:
      '架空の例：売買システムの停止が2時間を超えると見込まれるとき、または売買代金の過半を占める参加者が注文できないとき。',
    activating_en:
      'Fictional example: trading is expected to be down for more than two hours, or members with more than half of the turnover cannot place orders.',
    lifting_ja: '架空の例：売買を通常の手続で再開し、1営業日が過ぎたとき。',
    lifting_en: 'Fictional example: trading has gone on as usual for one business day.',
    agreed_with_ja: '架空市場庁、架空の清算機関、架空証券業協会',
    agreed_with_en: 'the fictional regulator, clearing house and association',
  },
  off_exchange: {
    institution: 'ASSOC',
    body_ja: '取引所市場外取引BCP対策会議（架空）',
    body_en: 'Off-exchange market BCP meeting (fictional)',
    procedure_ja: '架空の例：協会の会長が会議を招集し、出席した委員の合意で決定する。電話での開催を認める。',
    procedure_en:
      'Fictional example: the association’s chair calls the meeting, by phone if need be; members decide by consent.',
    activating_ja: '架空の例：取引所の売買が停止し、取引所市場外の取引にも継続の困難が見込まれるとき。',
    activating_en:
      'Fictional example: trading at the exchange is stopped and going on off the exchange seems difficult, too.',
    lifting_ja: '架空の例：取引所の売買が再開し、会議が解除を決めたとき。',
    lifting_en: 'Fictional example: trading at the exchange has resumed and the meeting decides to lift.',
    agreed_with_ja: '架空のPTS2社、架空証券業協会',
    agreed_with_en: 'the two fictional PTS and the association',
  },
  bonds: {
    institution: 'CCP-GB',
    body_ja: '公社債市場BCP対策会議（架空）',
    body_en: 'Bond market BCP meeting (fictional)',
    procedure_ja:
      '架空の例：議長が電話会議を招集し、構成機関の過半数の出席と出席者の合意で決定する。対策本部の設置を待たない。',
    procedure_en:
      'Fictional example: the chair calls a conference by phone; more than half take part and agree. It does not wait for a command centre.',
    activating_ja:
      '架空の例：主要な参加者の約定・照合・決済のいずれかに重大な支障が生じ、当日の決済が完了しないおそれがあるとき。',
    activating_en:
      'Fictional example: trading, matching or settlement of main participants is gravely disturbed, so that the day’s settlement may not be completed.',
    lifting_ja: '架空の例：支障が解消し、積み残した決済の完了の見通しが立ったとき。',
    lifting_en: 'Fictional example: the disturbance is over and the settlements left behind can be completed.',
    agreed_with_ja: '架空中央銀行、架空の国債清算機関、架空証券業協会',
    agreed_with_en: 'the fictional central bank, bond clearing house and association',
  },
  whole: {
    institution: 'ASSOC',
    body_ja: '証券市場BCP対策本部（架空）',
    body_en: 'Securities market command centre (fictional)',
    procedure_ja: '架空の例：対策本部の構成機関が協議し、協会が事務局として決定を記録する。',
    procedure_en:
      'Fictional example: the institutions of the command centre confer; the association records the decision.',
    activating_ja: '架空の例：2つ以上の市場のBCPが発動され、市場をまたぐ調整が必要なとき。',
    activating_en: 'Fictional example: the BCPs of two markets or more are activated and must be coordinated.',
    lifting_ja: '架空の例：各市場のBCPの解除の見通しが立ったとき。',
    lifting_en: 'Fictional example: the BCPs of the markets are about to be lifted.',
    agreed_with_ja: '架空市場庁、架空中央銀行、主な架空の証券関係機関',
    agreed_with_en: 'the fictional regulator, central bank and main institutions',
  },
}

/** Puts invented deciding bodies and criteria into a new demo, so that a first decision can be entered at once. */
export async function loadActivationRules(tools: Pick<Tools, 'db' | 'clock'>): Promise<void> {
  const { db, clock } = tools
  const [desk, deputy] = await Promise.all(
    ['desk@assoc.example', 'desk-deputy@assoc.example'].map((email) => personOf(db, email)),
  )
  if (!desk || !deputy) return
  const [reason, effective_on] = ['架空の例：初回の登録', dayAt(clock())]
  for (const [market, { institution, body_ja, body_en, procedure_ja, procedure_en, ...texts }] of Object.entries(
    rules,
  )) {
    const body = { institution, body_ja, body_en, procedure_ja, procedure_en }
    const { failed } = await putBody(tools, desk, market, { ...body, reason, version: 0 })
    // A smaller market has not every institution.
    if (!failed) await settleBody(tools, deputy, { market, version: 1 }, 'agreed')
    await saveCriterion(tools, desk, market, { ...texts, effective_on, reason, version: 0 })
  }
}

async function personOf(db: Database, email: string): Promise<Person | undefined> {
  const found = await db.selectFrom('person').where('email', '=', email).select('id').executeTakeFirst()
  return found && readPerson(db, found.id)
}
