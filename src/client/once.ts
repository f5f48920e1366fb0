/** After this long without an answer the connection counts as lost, and a person may press again. */
const waiting_ms = 8_000

/** A pressed button says that it is sending and does not send again; the server takes a repeated form once in any case. */
document.addEventListener('submit', (event) => {
  const button = (event as SubmitEvent).submitter
  const form = event.target as HTMLFormElement
  if (form.dataset.sent !== undefined) return event.preventDefault()
  form.dataset.sent = ''
  setTimeout(release, waiting_ms)
  if (!(button instanceof HTMLButtonElement) || !button.classList.contains('dads-button')) return
  button.dataset.text = button.textContent
  button.textContent = document.body.dataset.sending ?? ''
  button.setAttribute('aria-disabled', 'true')
})

// Back from another page, out of the browser's memory: the form may be sent again.
// A page that has just come fires this, too, a moment after it can be pressed.
addEventListener('pageshow', ({ persisted }) => persisted && release())
// The page says itself that it has not been sent.
addEventListener('unsent', release)

function release() {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) delete form.dataset.sent
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-text]')) {
    button.textContent = button.dataset.text ?? ''
    button.removeAttribute('aria-disabled')
    delete button.dataset.text
  }
}
