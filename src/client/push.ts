/**
 * Makes the button for notifications work (Push API): asks for permission, subscribes this browser at its push service with the
 * market's key, and sends the subscription with the form. Where browsers cannot, the page says what is needed.
 */
const text = (buffer: ArrayBuffer | null) =>
  btoa(Array.from(new Uint8Array(buffer ?? new ArrayBuffer(0)), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const bytes = (written: string) =>
  Uint8Array.from(atob(written.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

async function subscribe({ dataset }: HTMLElement): Promise<PushSubscription> {
  await navigator.serviceWorker.register('/service-worker.js')
  const { pushManager } = await navigator.serviceWorker.ready
  const before = await pushManager.getSubscription()
  // With a key from before the market changed its secret nothing would arrive; one that is another's is given up.
  if (before && dataset.renew === undefined && text(before.options.applicationServerKey) === dataset.push) return before
  await before?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(dataset.push ?? '') })
}

function start(panel: HTMLElement) {
  const [form, button] = [panel.querySelector('form'), panel.querySelector<HTMLButtonElement>('button')]
  const problem = panel.querySelector('[role="alert"]')
  if (!form || !button || !problem) return
  let busy = false
  const press = async () => {
    if (busy) return
    busy = true
    problem.textContent = ''
    button.setAttribute('aria-disabled', 'true')
    try {
      if ((await Notification.requestPermission()) !== 'granted') problem.textContent = panel.dataset.denied ?? ''
      else {
        const subscription = await subscribe(panel)
        const fields = {
          endpoint: subscription.endpoint,
          p256dh: text(subscription.getKey('p256dh')),
          auth: text(subscription.getKey('auth')),
        }
        for (const [name, value] of Object.entries(fields))
          (form.elements.namedItem(name) as HTMLInputElement).value = value
        form.requestSubmit()
      }
    } catch {
      problem.textContent = panel.dataset.broken ?? ''
    }
    busy = false
    button.removeAttribute('aria-disabled')
  }
  button.addEventListener('click', press)
  // Enter in the field of a name means the button.
  form.addEventListener('submit', (event) => {
    if ((form.elements.namedItem('endpoint') as HTMLInputElement).value) return
    event.preventDefault()
    event.stopPropagation()
    void press()
  })
  panel.hidden = false
}

/** Shows which line of the list is this device. */
async function findOwn() {
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  if (!subscription) return
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(subscription.endpoint)))
  const mark = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  document.querySelector(`[data-device="${mark}"]`)?.removeAttribute('hidden')
}

if ('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window) {
  for (const panel of document.querySelectorAll<HTMLElement>('[data-push]')) start(panel)
  for (const line of document.querySelectorAll<HTMLElement>('[data-without-push]')) line.hidden = true
  void findOwn()
}

export {}
