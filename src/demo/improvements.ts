import { randomUUID } from 'node:crypto'
import { readPerson } from '#access/sign-in/index.ts'
import { type ImprovementForm, type StepForm, saveImprovement, takeStep } from '#forum/improvements/index.ts'
import type { Database } from '#ground/db/database.ts'
import { dayAt } from '#ground/html/day.tsx'
import { addComment } from '#ground/register/add-comment.ts'
import { readItem } from '#ground/register/items.ts'
import { linkItems } from '#ground/register/link-items.ts'
import { reviewItem } from '#ground/register/review-item.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'

type Demo = Pick<ImprovementForm, 'title' | 'finding' | 'source'> &
  Partial<Pick<ImprovementForm, 'about' | 'action' | 'owner_institution'>> & {
    owner?: 'deputy' | 'council'
    /** From today. */
    due_in_days?: number
    /** What became of it, one step after the other; who verifies is another than who did it. */
    steps?: (Pick<StepForm, 'to' | 'reason'> & { evidence?: string })[]
  }

const improvements: Demo[] = [
  {
    title: '夜間の電話番号が古い機関がある',
    finding: '架空の例：平時の疎通テストで、夜間の代表番号のうち3機関が使われていませんでした。',
    source: 'peacetime_use',
    about: '/contacts/gaps',
    action: '3機関に確認を依頼し、以後は四半期ごとに夜間の番号も試す。',
    owner: 'council',
    due_in_days: -12,
    steps: [{ to: 'doing', reason: '協議会で分担を決めました。' }],
  },
  {
    title: '訓練で最初の報告まで40分かかった',
    finding: '架空の訓練で、最初の報告が目標の30分を過ぎた機関が12ありました。迷ったのは「一部支障」の選び方でした。',
    source: 'exercise',
    action: '選び方の例を報告の画面に載せ、次の訓練で時間を測り直す。',
    owner: 'deputy',
    due_in_days: 5,
    steps: [
      { to: 'doing', reason: '例の文案を作ります。' },
      { to: 'done', reason: '例を3つ載せました。次の訓練で確かめます。' },
    ],
  },
  {
    title: '終結後の見直しを30日以内に公表する',
    finding: '架空の海外の市場のポータルは、事案の終結から30日以内に見直しの結果を公表しています。',
    source: 'overseas',
    about: '架空の調査報告 第2号',
  },
  {
    title: '停電のときの連絡順を一枚の紙にする',
    finding: '架空の国内の取引所では、停電に備えて連絡の順番を紙で持っています。',
    source: 'domestic',
    action: '持ち出し資料の1枚目に、連絡の順番を載せる。',
    owner_institution: 'EXC-1',
    due_in_days: 20,
  },
  {
    title: '対策本部の時計が2分ずれていた',
    finding: '架空の点検で、対策本部の壁の時計が2分進んでいました。',
    source: 'inspection',
    action: '時刻を合わせ、毎月の点検に加える。',
    owner: 'deputy',
    due_in_days: -3,
    steps: [
      { to: 'doing', reason: 'すぐに合わせます。' },
      { to: 'done', reason: '時刻を合わせ、点検表に加えました。' },
      {
        to: 'verified',
        reason: '別の人が見て確かめました。',
        evidence: '点検表の写しと、時報との差（0秒）を確かめました。',
      },
    ],
  },
  {
    title: '状況ボードに音を付ける',
    finding: '架空の提案：新しい報告が届いたら音を鳴らしてほしい、という声がありました。',
    source: 'other',
    steps: [{ to: 'dropped', reason: '対策本部では電話の音と紛れるため、見送ります。' }],
  },
]

/** Puts invented improvements on the register of a new demo, so that its page is worth seeing on the first day. */
export async function loadImprovements(tools: Pick<Tools, 'db' | 'clock'>): Promise<void> {
  const { db, clock } = tools
  const [desk, deputy, council] = await Promise.all(
    ['desk@assoc.example', 'desk-deputy@assoc.example', 'council@sokyu.example'].map((email) => personOf(db, email)),
  )
  if (!desk || !deputy || !council) return
  const owners = { deputy: deputy.id, council: council.id }
  const day = (days: number) => dayAt(new Date(clock().getTime() + days * 86_400_000))
  const ids: string[] = []
  for (const { owner, due_in_days, steps = [], ...said } of improvements) {
    const id = randomUUID()
    const form: ImprovementForm = {
      ...{
        about: '',
        action: '',
        owner_institution: '',
        label: 'green',
        mode: 'actual',
        reason: '',
        key: id,
        version: 0,
      },
      ...said,
      owner_person_id: owner ? owners[owner] : null,
      due_on: due_in_days === undefined ? null : day(due_in_days),
    }
    await saveImprovement(tools, desk, null, form)
    for (const [index, { evidence = '', ...step }] of steps.entries())
      await takeStep(tools, step.to === 'verified' ? desk : deputy, id, {
        ...step,
        ...{ evidence, evidence_file_id: null, evidence_item_id: null, version: index + 1 },
      })
    ids.push(id)
  }
  const [late = '', drill = '', , , clock_checked = ''] = ids
  const first = await readItem(db, desk, 'improvement', late)
  await addComment(tools, desk, first, {
    key: randomUUID(),
    comment: '架空の例：1機関からは新しい番号の連絡がありました。',
  })
  await linkItems(tools, desk, await readItem(db, desk, 'improvement', drill), {
    ...{ key: randomUUID(), relation: 'relates_to', to: `I-${first.number}` },
  })
  const looked = { note: null, next_on: day(0), looker_id: deputy.id, version: 0 }
  await reviewItem(tools, desk, await readItem(db, desk, 'improvement', clock_checked), looked)
}

async function personOf(db: Database, email: string): Promise<Person | undefined> {
  const found = await db.selectFrom('person').where('email', '=', email).select('id').executeTakeFirst()
  return found && readPerson(db, found.id)
}
