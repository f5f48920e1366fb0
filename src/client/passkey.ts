/**
 * Makes the passkey buttons of a page work (WebAuthn Level 3): asks the server for a challenge, lets the device answer it,
 * and sends the answer with the form around the button. Where browsers have no passkeys, the page says what to do instead.
 */
const bytes = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
const text = (buffer: ArrayBuffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

type Named = { id: string; type: 'public-key'; transports?: AuthenticatorTransport[] }
const withBytes = (list: Named[] = []) => list.map((one) => ({ ...one, id: bytes(one.id) }))

/** The library's options with bytes where it wrote base64url; every browser gets them the same way. */
const creation = (options: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions => ({
  ...(options as unknown as PublicKeyCredentialCreationOptions),
  challenge: bytes(options.challenge),
  user: { ...options.user, id: bytes(options.user.id) },
  excludeCredentials: withBytes(options.excludeCredentials as Named[]),
})
const request = (options: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions => ({
  ...(options as unknown as PublicKeyCredentialRequestOptions),
  challenge: bytes(options.challenge),
  allowCredentials: withBytes(options.allowCredentials as Named[]),
})

function answerOf({ id, rawId, type, response }: PublicKeyCredential) {
  const common = { clientDataJSON: text(response.clientDataJSON) }
  const rest =
    response instanceof AuthenticatorAttestationResponse
      ? { attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] }
      : assertion(response as AuthenticatorAssertionResponse)
  return JSON.stringify({ id, rawId: text(rawId), type, clientExtensionResults: {}, response: { ...common, ...rest } })
}
const assertion = ({ authenticatorData, signature, userHandle }: AuthenticatorAssertionResponse) => ({
  authenticatorData: text(authenticatorData),
  signature: text(signature),
  ...(userHandle && { userHandle: text(userHandle) }),
})

async function perform({ dataset }: HTMLElement): Promise<string> {
  const answer = await fetch(dataset.options ?? '', { method: 'POST', signal: AbortSignal.timeout(10_000) })
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status))
  const options = await answer.json()
  const credential =
    dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: creation(options) })
      : await navigator.credentials.get({ publicKey: request(options) })
  return answerOf(credential as PublicKeyCredential)
}

/** In words of the page: the person has stopped it, the device has one already, or something went wrong. */
function wordsFor({ dataset }: HTMLElement, error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  return (
    (name === 'NotAllowedError' ? dataset.cancelled : name === 'InvalidStateError' ? dataset.known : dataset.failed) ??
    ''
  )
}

const fieldOf = (panel: HTMLElement) =>
  panel.querySelector<HTMLInputElement>(`input[name="${panel.dataset.field ?? 'response'}"]`)

function start(panel: HTMLElement) {
  // A form of its own, or a part of one that can be sent without a passkey, too.
  const own = panel.querySelector('form')
  const [form, button] = [own ?? panel.closest('form'), panel.querySelector<HTMLButtonElement>('button[type="button"]')]
  const [field, problem] = [fieldOf(panel), panel.querySelector('[role="alert"]')]
  if (!form || !button || !field || !problem) return
  let busy = false
  const press = async () => {
    if (busy) return
    busy = true
    problem.textContent = ''
    button.setAttribute('aria-disabled', 'true')
    try {
      field.value = await perform(panel)
      form.requestSubmit()
    } catch (error) {
      problem.textContent = wordsFor(panel, error)
    }
    busy = false
    button.removeAttribute('aria-disabled')
  }
  button.addEventListener('click', press)
  // Enter in the field of a name means the button.
  own?.addEventListener('submit', (event) => {
    if (field.value) return
    event.preventDefault()
    event.stopPropagation()
    void press()
  })
  panel.hidden = false
}

if ('PublicKeyCredential' in window) {
  for (const panel of document.querySelectorAll<HTMLElement>('[data-passkey]')) start(panel)
  for (const line of document.querySelectorAll<HTMLElement>('[data-without-passkey]')) line.hidden = true
}
// Back out of the browser's memory: an answer is good for one challenge only.
addEventListener('pageshow', () => {
  for (const panel of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
    const field = fieldOf(panel)
    if (field) field.value = ''
  }
})
