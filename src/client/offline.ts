/** Narrows the offline directory while somebody types: every word must be in a person's names, reading or numbers. */
const find = document.getElementById('find') as HTMLInputElement
const nothing = document.getElementById('nothing') as HTMLElement
const people = [...document.querySelectorAll<HTMLElement>('[data-words]')].map((element) => {
  const letters = folded(`${element.dataset.words} ${element.textContent}`)
  const hrefs = [...element.querySelectorAll('a')].map(({ href }) => href).join(' ')
  // As dialled from abroad and at home.
  const digits = `${hrefs.replaceAll(/[^0-9 ]/g, '')} ${(element.textContent ?? '').replaceAll(/[^0-9]/g, '')}`
  return { element, letters, digits }
})

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
}

function narrow() {
  const words = folded(find.value).split(/\s+/).filter(Boolean)
  let shown = 0
  for (const { element, letters, digits } of people) {
    const is_found = words.every(
      (word) =>
        letters.includes(word) || (/^[0-9+()-]{2,}$/.test(word) && digits.includes(word.replaceAll(/[^0-9]/g, ''))),
    )
    element.hidden = !is_found
    if (is_found) shown++
  }
  for (const group of document.querySelectorAll<HTMLElement>('[data-group]'))
    group.hidden = !group.querySelector('[data-words]:not([hidden])')
  nothing.textContent = shown === 0 ? (nothing.dataset.text ?? '') : ''
}

find.addEventListener('input', narrow)
document.getElementById('find-part')?.removeAttribute('hidden')
if (find.value) narrow()

// Opened with a connection, this page is the copy that the device keeps.
if ('serviceWorker' in navigator && document.getElementById('away')?.hidden) {
  void navigator.serviceWorker
    .register('/service-worker.js')
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active?.postMessage('keep'))
}

export {}
