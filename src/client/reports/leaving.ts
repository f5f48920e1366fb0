import { all, remove } from './store.ts'
import { leaving } from './view.ts'

/** A sign-out deletes what waits on this device: it is not done before the person has decided so. */
export function guardSignOut(): void {
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement
      if (new URL(form.action).pathname !== '/sign-out') return
      event.preventDefault()
      void decide(form)
    },
    true,
  )
}

async function decide(form: HTMLFormElement) {
  const reports = await all().catch(() => [])
  const waiting = reports.filter(({ filed }) => !filed)
  if (waiting.length === 0) return form.submit()
  document.getElementById('leaving')?.remove()
  const strip = document.getElementById('waiting')
  const question = leaving(waiting, {
    stay() {
      question.remove()
      if (strip) strip.hidden = false
      delete form.dataset.sent
    },
    async leave() {
      for (const { key } of reports) await remove(key)
      form.submit()
    },
  })
  form.closest('details')?.removeAttribute('open')
  // The question names them all itself.
  if (strip) strip.hidden = true
  document.getElementById('main')?.before(question)
  question.scrollIntoView()
  question.focus()
}
