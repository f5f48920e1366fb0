import { guardSignOut } from './reports/leaving.ts'
import { sendWaiting } from './reports/send.ts'
import { all, changes, remove, removeOld } from './reports/store.ts'
import { keepSubmitted } from './reports/submit.ts'
import { card, make, strip } from './reports/view.ts'
import { prepareWorker } from './reports/worker-ready.ts'

/** Shows what waits on this device, and sends it: at once, when the connection is back, and again and again while a page is open. */
const first_wait_ms = 5_000
const wait_ms_max = 5 * 60_000

let wait_ms = first_wait_ms
let timer: number | undefined

async function sendNow(which: 'all' | 'unsent' = 'unsent') {
  clearTimeout(timer)
  const is_left = await sendWaiting(which).catch(() => false)
  clearTimeout(timer)
  // Not all of a market's phones at the same moment.
  if (is_left) timer = window.setTimeout(sendNow, wait_ms * (0.75 + Math.random() / 2))
  wait_ms = Math.min(wait_ms * 2, wait_ms_max)
}

function sendSoon(which: 'all' | 'unsent' = 'unsent') {
  wait_ms = first_wait_ms
  void sendNow(which)
}
const pressed = () => sendSoon('all')

async function show() {
  const reports = await all()
  const seen = reports.find(({ filed }) => filed?.path === location.pathname)
  if (seen) return remove(seen.key)
  const list = document.getElementById('reports')
  list?.replaceChildren(...reports.map((report) => card(report, pressed)))
  const none = document.getElementById('no-reports')
  if (none) none.hidden = reports.length > 0
  document.getElementById('waiting')?.remove()
  const shown = list ? [] : reports.filter(({ state }) => state !== 'sending')
  if (shown.length > 0) document.getElementById('main')?.before(strip(shown))
  if (reports.length > 0) localStorage.setItem('reports', '1')
  else localStorage.removeItem('reports')
}

/** In place of the form that was submitted: what became of it, first of all that it has not been sent. */
function showKept() {
  const list = make('div', { id: 'reports' })
  const main = document.getElementById('main')
  const title = document.querySelector('h1')?.textContent ?? ''
  main?.replaceChildren(make('h1', {}, title), list)
  scrollTo(0, 0)
  main?.focus()
  prepareWorker({ is_waiting: true })
  wait_ms = first_wait_ms
  timer = window.setTimeout(sendNow, wait_ms)
  void show()
}

keepSubmitted(showKept)
guardSignOut()
changes.addEventListener('message', () => void show())
addEventListener('online', () => sendSoon())
addEventListener('pageshow', ({ persisted }) => persisted && sendSoon())
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sendSoon())

try {
  await removeOld(Date.now())
  const waiting = (await all()).filter(({ filed }) => !filed)
  await show()
  if (waiting.length > 0 || document.getElementById('keeps')) prepareWorker({ is_waiting: waiting.length > 0 })
  await sendNow('all')
} catch {
  // This device keeps nothing: reports are sent as they always were.
}
