/** The key "/" leads to the box that finds an institution, from every page; who uses keys otherwise switches it off under 「アカウント」. */
const kept = 'find-key'
const isOff = () => localStorage.getItem(kept) === 'off'

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isOff()) return
  if (event.target instanceof Element && event.target.closest('input, textarea, select')) return
  const boxes = [...document.querySelectorAll<HTMLInputElement>('.dads-find input')]
  const seen = () => boxes.find((box) => box.offsetParent !== null && !box.closest('details:not([open])'))
  // On a phone it is in the menu.
  const menu = document.querySelector<HTMLDetailsElement>('.dads-header__menu')
  if (!seen() && menu) menu.open = true
  const box = seen()
  if (!box) return
  event.preventDefault()
  box.focus()
})

// Without this script there is no key, and nothing to switch off.
const choice = document.querySelector<HTMLElement>('#find-key')
const tick = choice?.querySelector('input')
if (choice && tick) {
  choice.hidden = false
  tick.checked = !isOff()
  tick.addEventListener('change', () => localStorage.setItem(kept, tick.checked ? 'on' : 'off'))
}

export {}
