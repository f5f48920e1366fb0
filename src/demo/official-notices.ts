import { randomUUID } from 'node:crypto'
import { readPerson } from '#access/sign-in/index.ts'
import { dayAt } from '#ground/html/day.tsx'
import type { Tools } from '#ground/tools/tools.ts'
import { OfficialNoticeForm, registerOfficialNotice } from '#library/official-notices/index.ts'

const issuer = '架空西部財務局\n架空中央銀行 西部支店'
const law = '災害救助法（昭和22年法律第118号）'
const asked = `災害により被害を受けた投資者に対し、次の措置を講じられたい。（架空の文書です）

1．預り証・印鑑を失った場合でも、本人であることを確かめたうえで払戻しに応じること
2．有価証券の売却代金の即日払いの申出があったときは、可能な限り応じること
3．窓口の営業を停止するときは、その旨と連絡先を店頭とウェブサイトで知らせること`

/** Days from today, as a civil day. */
const dayFrom = (at: Date, days: number) => Temporal.PlainDate.from(dayAt(at)).add({ days }).toString()

/** Puts two invented documents of authorities into the demo: financial measures after a flood, and their extension to more places. */
export async function loadOfficialNotices(tools: Pick<Tools, 'db' | 'clock'>): Promise<void> {
  const { db, clock } = tools
  const desk = await db
    .selectFrom('person')
    .where('email', '=', 'desk@assoc.example')
    .select('id')
    .executeTakeFirstOrThrow()
  const by = await readPerson(db, desk.id)
  if (!by) throw new Error('the demo has no desk')
  const common = {
    ...{ kind: 'financial_measures', issuer, law, body: asked, label: 'clear' },
    ...{ to_memberships: ['member', 'specific_business_member', 'special_member'], period_from: dayFrom(clock(), -9) },
  }
  const register = async (change: Record<string, unknown>) => {
    const form = OfficialNoticeForm('ja').parse({ ...common, ...change, idempotency_key: randomUUID() })
    const registered = await registerOfficialNotice(tools, by, form)
    if ('failed' in registered) throw new Error(`not registered: ${registered.failed}`)
    return registered.id
  }
  const first = await register({
    reference: '架西財金第101号',
    issued_on: dayFrom(clock(), -9),
    title: '架空川の氾濫に係る災害に対する金融上の措置について',
    prefectures: ['26'],
    places: '架空市、架空町（架空の市区町村）',
    period_to: dayFrom(clock(), 21),
  })
  await register({
    reference: '架西財金第108号',
    issued_on: dayFrom(clock(), -2),
    title: '架空川の氾濫に係る災害に対する金融上の措置の対象地域の追加について',
    prefectures: ['26', '27'],
    places: '架空市、架空町、架空台市（架空の市区町村。架空台市を追加）',
    period_to: dayFrom(clock(), 51),
    follows_id: first,
    follows_how: 'extends',
  })
}
