/** On every page: brings the rest where a report can be kept, once the page stands, and where one waits on this device. */
const { reports } = document.body.dataset
const bring = async () => {
  if (reports) await import(reports)
}
const look = () => {
  try {
    if (localStorage.getItem('reports')) bring().catch(() => {})
  } catch {
    // A device that keeps nothing has nothing waiting.
  }
}

// Another tab has just kept one.
addEventListener('storage', look)
look()

const keeps = document.getElementById('keeps')
if (keeps) {
  const isKeeping = () => keeps.dataset.keeps !== undefined
  const keeping = new Promise<void>((done) => keeps.addEventListener('keeps', () => done(), { once: true }))
  if (document.readyState === 'complete') bring().catch(() => {})
  else addEventListener('load', () => bring().catch(() => {}))

  // A report that is submitted before that waits for it: a form that the browser sends by itself is lost with the line.
  document.addEventListener('submit', async (event) => {
    const form = event.target as HTMLFormElement
    if (isKeeping() || event.defaultPrevented || !new URL(form.action).pathname.endsWith('/report')) return
    event.preventDefault()
    const unsent = document.getElementById('unsent')
    if (unsent) unsent.hidden = true
    try {
      await Promise.race([keeping, bring()])
    } catch {
      // What does not come although the server is there is not waited for.
      if (await isAway()) {
        dispatchEvent(new Event('unsent'))
        if (!unsent) return
        form.before(unsent)
        unsent.hidden = false
        return unsent.scrollIntoView()
      }
    }
    delete form.dataset.sent
    if (isKeeping()) form.requestSubmit()
    else form.submit()
  })
}

const isAway = () =>
  fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(10_000) }).then(
    ({ ok }) => !ok,
    () => true,
  )

export {}
