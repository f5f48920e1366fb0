import { fieldsOf, type Visitor } from './client.ts'

/**
 * Asks everyone to report in a situation on the pages, as the secretariat does: written, checked, put forward, released. What is
 * real is released by a second person. Gives the path of the round.
 */
export async function askForReports(
  desk: Visitor,
  situation_id: string,
  { releaser = desk, change = {} }: { releaser?: Visitor; change?: Record<string, string> } = {},
): Promise<string> {
  const form = fieldsOf((await desk.get(`/notices/new?kind=report_request&situation=${situation_id}`)).text, '/notices')
  const written = await desk.post('/notices', { ...form, everyone: 'yes', ...change })
  const notice = written.location?.replace(/\/check$/, '')
  if (written.code !== 303 || !notice) throw new Error(`the request could not be written: ${written.code}`)
  const check = await desk.get(`${notice}/check`)
  await desk.post(`${notice}/submission`, fieldsOf(check.text, `${notice}/submission`))
  const seen = await releaser.get(notice)
  const released = await releaser.post(`${notice}/release`, {
    ...fieldsOf(seen.text, `${notice}/release`),
    drill: 'yes',
  })
  if (released.code !== 303) throw new Error(`the institutions could not be asked: ${released.code}`)
  const [round] = /\/rounds\/[0-9a-f-]{36}/.exec((await desk.get(`/situations/${situation_id}`)).text) ?? []
  if (!round) throw new Error('the situation shows no round')
  return round
}
