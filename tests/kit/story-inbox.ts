import { randomUUID } from 'node:crypto'
import { fieldsOf, type Visitor } from '#simulate/index.ts'

/** Notices of an exercise to everyone: one that waits for an answer, one that a contact has answered, one that was corrected. */
export async function receiveNotices(desk: Visitor, contact: Visitor) {
  const open = await send(desk, {
    subject_ja: '臨時の会合への参加をお知らせください',
    subject_en: 'Tell us whether you take part in the meeting',
    text_ja: '16時から臨時の会合を開きます。\n\n議題は清算の続行です。（架空の訓練）',
    text_en: 'An extraordinary meeting begins at 16:00.\n\nIt is about clearing. (Fictional exercise)',
    answer_wanted: 'choice',
    choices_ja: '参加する\n代理が参加する\n参加できない',
    choices_en: 'We take part\nA deputy takes part\nWe cannot take part',
  })
  const answered = await send(desk, words('対策本部を設置しました', 'Command centre set up'))
  await contact.post(`${answered}/answer`, {})
  const corrected = await send(desk, words('次の連絡は15時です', 'Next notice at 15:00'))
  await send(desk, {
    ...words('次の連絡は17時です', 'Next notice at 17:00'),
    ...{ kind: 'correction', replaces_id: corrected.split('/')[2] ?? '' },
  })
  const [, template = ''] =
    /href="(\/notice-templates\/[0-9a-f-]{36})"/.exec((await desk.get('/notice-templates')).text) ?? []
  return { open, answered, corrected, template }
}

const words = (subject_ja: string, subject_en: string) => ({
  subject_ja,
  subject_en,
  text_ja: '各機関は状況を確認してください。（架空の訓練）',
  text_en: 'Please check your status. (Fictional exercise)',
})

const usual = {
  ...{ kind: 'command_centre', belongs_to: 'none:exercise', severity: 'urgent', label: 'green' },
  ...{ answer_wanted: 'acknowledge', everyone: 'yes' },
}

/** Writes, puts forward and releases, which in an exercise one person may. Gives the path of the notice. */
async function send(desk: Visitor, said: Record<string, string>): Promise<string> {
  const drafted = await desk.post('/notices', { ...usual, idempotency_key: randomUUID(), ...said })
  const notice = drafted.location?.replace(/\/check$/, '')
  if (!notice) throw new Error(`no notice but ${drafted.code}: ${drafted.text.replace(/<[^>]+>/g, ' ').slice(0, 600)}`)
  for (const [page, act] of [
    [`${notice}/check`, `${notice}/submission`],
    [notice, `${notice}/release`],
  ] as const) {
    const { code, text } = await desk.post(act, { ...fieldsOf((await desk.get(page)).text, act), drill: 'yes' })
    if (code !== 303) throw new Error(`${act}: ${code} ${text.replace(/<[^>]+>/g, ' ').slice(0, 600)}`)
  }
  return notice
}
