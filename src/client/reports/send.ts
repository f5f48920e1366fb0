import { all, find, put, type State, type Waiting } from './store.ts'

/** After this long without an answer the connection counts as lost. */
const answer_ms_max = 10_000

/** The states that may be over without this device having done anything: asked again when a page opens. */
const again: State[] = ['sending', 'unsent', 'sign_in', 'other_person', 'conflict', 'refused']
/** The states that only wait for a connection. */
const forConnection: State[] = ['sending', 'unsent']

/**
 * Sends what waits; gives whether something still waits for a connection. Two tabs and the worker may call it at once: each
 * report is sent by one of them at a time, and the server takes the same key once in any case.
 */
export async function sendWaiting(which: 'all' | 'unsent' = 'unsent'): Promise<boolean> {
  const states = which === 'all' ? again : forConnection
  for (const { key } of await all())
    await alone(key, async () => {
      const report = await find(key)
      if (!report || !states.includes(report.state)) return
      const outcome = await send(report, { is_watched: false })
      if (outcome.state !== report.state) await put({ ...report, ...outcome })
    })
  return (await all()).some(({ state }) => forConnection.includes(state))
}

/** Does nothing while another tab or the worker is at the same report. */
export async function alone(key: string, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work()
  await navigator.locks.request(`report ${key}`, { ifAvailable: true }, (lock) => (lock ? work() : undefined))
}

/**
 * What became of it. One that is sent while its writer watches is filed as written now, any other as written when it was.
 * Only an answer of this server's own kind counts: a stranger on the line may say anything.
 */
export async function send(
  report: Waiting,
  { is_watched }: { is_watched: boolean },
): Promise<Pick<Waiting, 'state' | 'filed' | 'fields' | 'said'>> {
  const { fields, said } = report
  const body = new URLSearchParams(fields)
  body.set('written_by', report.about.person_id)
  if (!is_watched) body.set('written_at', new Date(report.written_at).toISOString())
  try {
    const answer = await fetch(report.action, {
      method: 'POST',
      body,
      // Sent by itself, it is nobody's use of the session.
      headers: { accept: 'application/json', ...(!is_watched && { 'x-live': '1' }) },
      redirect: 'manual',
      signal: AbortSignal.timeout(answer_ms_max),
    })
    if (answer.type === 'opaqueredirect') return { state: 'sign_in', fields, said }
    if (answer.headers.get('content-type')?.startsWith('application/json')) {
      const { id, reported_at, failed } = (await answer.json()) as { id?: string; reported_at?: string; failed?: State }
      // The words themselves have left the device for good.
      if (id && reported_at)
        return {
          state: 'filed',
          filed: { path: `/reports/${id}`, reported_at: Date.parse(reported_at) },
          fields: [],
          said: [],
        }
      if (failed) return { state: failed, fields, said }
    }
    const is_refusal = answer.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status)
    return { state: is_refusal ? 'refused' : 'unsent', fields, said }
  } catch {
    return { state: 'unsent', fields, said }
  }
}
