import { Idiomorph } from 'idiomorph'

const main = () => document.getElementById('main') as HTMLElement
const line = document.getElementById('live') as HTMLElement
const between_looks_ms = 300
const between_words_ms = 20_000
const silence_max_ms = 50_000
const retry_ms = 5_000

let source: EventSource | undefined
let looking = false
let again = false
let ended = false
let lost = false
let beat_at: number | undefined
let spoke_at = 0
let timer: number | undefined
/** Forms that the reader has begun to fill in: left alone until they are sent. */
const begun = new WeakSet<Element>()
document.addEventListener('input', ({ target }) => {
  const form = (target as Element).closest('form')
  if (form) begun.add(form)
})

/** Asks for the page again and changes only what is different in it. */
async function look(because: 'changed' | 'time' = 'time') {
  if (ended) return
  if (looking) {
    again = true
    return
  }
  looking = true
  do {
    again = false
    try {
      const answer = await fetch(location.href, { headers: { 'x-live': '1' }, signal: AbortSignal.timeout(10_000) })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const next = page.getElementById('main')
      if (answer.ok && !answer.redirected && next?.dataset.live === main().dataset.live) {
        take(page, because)
        found()
      } else {
        // Signed out, or no longer to be seen: asking again changes nothing. A server in trouble is asked again.
        if (answer.status < 500) end()
        lose()
      }
    } catch {
      lose()
    }
    await new Promise((done) => setTimeout(done, between_looks_ms))
  } while (again)
  looking = false
  schedule()
}

function take(page: Document, because: 'changed' | 'time') {
  const before = main().textContent
  for (const id of ['to-do', 'open-situations', 'main']) {
    const [here, next] = [document.getElementById(id), page.getElementById(id)]
    if (here && next)
      Idiomorph.morph(here, next, {
        ignoreActiveValue: true,
        restoreFocus: true,
        callbacks: {
          beforeNodeMorphed: (old) => !isKept(old),
          beforeNodeRemoved: (old) => !isKept(old),
          beforeAttributeUpdated: (name, node) => !(name === 'open' && node instanceof HTMLDetailsElement),
        },
      })
  }
  document.title = page.title
  if (because === 'changed' && main().textContent !== before && Date.now() - spoke_at > between_words_ms) {
    sayUpdated()
  }
}

/** Said politely, at most every 20 seconds, and gone again: what is old news would only be read twice. */
function sayUpdated() {
  spoke_at = Date.now()
  line.dataset.state = 'updated'
  line.textContent = line.dataset.updated ?? ''
  setTimeout(() => line.dataset.state === 'updated' && line.replaceChildren(), between_words_ms / 2)
}

/** What a reader is busy with is never touched: a marked region, a form begun, a field in use. */
function isKept(node: Node): boolean {
  if (!(node instanceof Element)) return false
  if (node.matches('[data-keep]')) return true
  const active = document.activeElement
  return (
    node instanceof HTMLFormElement &&
    (begun.has(node) || (node.contains(active) && Boolean(active?.matches('input, textarea, select'))))
  )
}

function lose() {
  if (lost) return
  lost = true
  line.dataset.state = 'lost'
  const link = Object.assign(document.createElement('a'), { href: location.href, textContent: line.dataset.reload })
  line.replaceChildren(`${line.dataset.lost} `, link)
}

function found() {
  if (!lost || source?.readyState !== EventSource.OPEN) return
  lost = false
  sayUpdated()
}

function listen() {
  source?.close()
  const topics = new URLSearchParams(
    main()
      .dataset.live?.split(' ')
      .map((topic) => ['topic', topic]),
  )
  source = new EventSource(`/live?${topics}`)
  for (const name of ['ready', 'changed', 'beat'])
    source.addEventListener(name, () => {
      if (name === 'beat' || beat_at) beat_at = Date.now()
      // Ready: something may have changed between the page and the connection, or while it was lost.
      if (name !== 'beat') void look('changed')
    })
  source.addEventListener('error', lose)
}

/** Looks again when the page says that time alone will have changed it, and soon when the last look failed. */
function schedule() {
  clearTimeout(timer)
  const moments = [...document.querySelectorAll<HTMLElement>('[data-refresh-at]')]
    .map(({ dataset }) => Date.parse(dataset.refreshAt ?? '') - Date.parse(main().dataset.now ?? ''))
    .filter((wait) => wait > 0)
  const soonest = lost ? retry_ms * (1 + Math.random()) : Math.min(...moments) + 500
  if (!ended && soonest < 2 ** 31) timer = window.setTimeout(look, Math.max(soonest, 1_000))
}

function end() {
  ended = true
  source?.close()
}

// A connection that has gone silent, or that the browser has given up, is opened anew.
setInterval(() => {
  const is_silent = beat_at !== undefined && Date.now() - beat_at > silence_max_ms
  if (ended || (source?.readyState !== EventSource.CLOSED && !is_silent)) return
  lose()
  beat_at = undefined
  listen()
}, retry_ms)
addEventListener('offline', lose)
addEventListener('online', () => ended || listen())
addEventListener('pageshow', ({ persisted }) => persisted && !ended && listen())
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void look())

listen()
schedule()
