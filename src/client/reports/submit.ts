import { alone, send } from './send.ts'
import { type About, all, find, put, remove, type Waiting, waiting_max } from './store.ts'
import { full } from './view.ts'

/** How far this device's clock is behind the server's when the page was answered; its writing is dated by the server's. */
function behindMs(): number {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const answered = performance.timeOrigin + (entry?.responseStart ?? 0)
  return Date.parse(document.getElementById('main')?.dataset.now ?? '') - answered || 0
}

/** A report that the person submits is kept before it is sent, and forgotten once the server has answered to it. */
export function keepSubmitted(showKept: () => void): void {
  const keeps = document.getElementById('keeps')
  const about = keeps?.dataset.about
  if (!keeps || !about) return
  const behind_ms = behindMs()
  let busy = false
  addEventListener('pageshow', () => {
    busy = false
  })
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement
    const action = new URL(form.action).pathname
    if (!action.endsWith('/report')) return
    if (event.defaultPrevented || busy) return event.preventDefault()
    event.preventDefault()
    busy = true
    void submit(form, reportOf(form, action, JSON.parse(about), behind_ms), showKept).finally(() => {
      busy = false
    })
  })
  // What was submitted before this came waits for it (waiting.ts).
  keeps.dataset.keeps = ''
  keeps.dispatchEvent(new Event('keeps'))
}

async function submit(form: HTMLFormElement, report: Waiting, showKept: () => void) {
  const before = await find(report.key).catch(() => undefined)
  const is_kept = await keep(report, before)
  let outcome: Awaited<ReturnType<typeof send>> = { ...report, state: 'unsent' }
  await alone(report.key, async () => {
    outcome = await send(report, { is_watched: true })
  })
  const { state, filed } = outcome
  if (filed) {
    if (is_kept) await remove(report.key)
    return location.assign(filed.path)
  }
  // A native form would file it in the name of whoever is signed in by now, or lose it at the sign-in.
  if (state === 'unsent' || state === 'sign_in' || state === 'other_person') {
    if (!is_kept) {
      document.getElementById('waiting-full')?.remove()
      return form.before(full(report.about.phones))
    }
    await put({ ...report, state })
    return showKept()
  }
  // The server has something to say to it, and says so on a page of its own.
  if (is_kept) await (before ? put(before) : remove(report.key))
  form.submit()
}

async function keep(report: Waiting, before: Waiting | undefined): Promise<boolean> {
  try {
    if (!before && (await all()).filter(({ filed }) => !filed).length >= waiting_max) return false
    await put(report)
    return true
  } catch {
    return false
  }
}

function reportOf(form: HTMLFormElement, action: string, about: About, behind_ms: number): Waiting {
  const fields = [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === 'string')
  const { idempotency_key: key = '', written_at } = Object.fromEntries(fields)
  return {
    key,
    action,
    fields,
    said: saidIn(form),
    about,
    written_at: written_at ? Date.parse(written_at) : Date.now() + behind_ms,
    kept_at: Date.now(),
    state: 'sending',
  }
}

/** What the person sees chosen and typed, label by label. */
function saidIn(form: HTMLFormElement): [string, string][] {
  const said = [...form.elements].flatMap((field): [string, string][] => {
    if (field instanceof HTMLInputElement && field.type === 'radio')
      return field.checked
        ? [[textOf(field.closest('fieldset')?.querySelector('legend')), textOf(field.labels?.[0])]]
        : []
    if (field instanceof HTMLSelectElement) return [[textOf(field.labels[0]), field.selectedOptions[0]?.text ?? '']]
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) || field.type === 'hidden')
      return []
    return field.value ? [[textOf(field.labels?.[0]), field.value]] : []
  })
  if (said.length > 0) return said
  // One press: the note below it says it all.
  return [['', textOf(form.querySelector('.dads-note'))]]
}

function textOf(element: Element | null | undefined): string {
  const copy = element?.cloneNode(true) as Element | undefined
  copy?.querySelector('.dads-form-control-label__requirement')?.remove()
  return copy?.textContent?.trim() ?? ''
}
