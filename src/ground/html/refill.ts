/** What was typed into a form, in its order; a name may come several times. */
export type Typed = [name: string, value: string][]

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' }
const decoded = (text: string) => text.replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => entities[entity] ?? entity)
const encoded = (text: string) =>
  text.replace(/[<>"'&]/g, (one) => Object.keys(entities).find((entity) => entities[entity] === one) ?? one)

const attribute = (tag: string, name: string): string | undefined => {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(tag) ?? []
  return value === undefined ? undefined : decoded(value)
}
const without = (tag: string, name: string) => tag.replace(new RegExp(`\\s${name}="[^"]*"`), '')
const withAttribute = (tag: string, name: string, value: string) =>
  without(tag, name).replace(/\s*\/?>$/, ` ${name}="${encoded(value)}"/>`)

const control =
  /<input\b[^>]*>|<textarea\b[^>]*>[\s\S]*?<\/textarea>|<select\b[^>]*>[\s\S]*?<\/select>|<button\b[^>]*>/g
/** These are sent as they are drawn, and no person types into them. */
const isPressed = (tag: string) => tag.startsWith('<button') || /\stype="(submit|image|reset|button)"/.test(tag)

/**
 * A page of this program with a form filled in as it was once sent: the form for this address that has a place for every
 * field. Null when no form has. It reads what `render` writes and no other HTML.
 */
export function refill(html: string, action: string, typed: Typed): string | null {
  for (const found of html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)) {
    const [form] = found
    if (attribute(/^<form\b[^>]*>/.exec(form)?.[0] ?? '', 'action') !== action || !hasPlaces(form, typed)) continue
    return opened(html.slice(0, found.index)) + filled(form, typed) + html.slice(found.index + form.length)
  }
  return null
}

/** Whether each field has a control to stand in. */
function hasPlaces(form: string, typed: Typed): boolean {
  const room = new Map<string, number>()
  for (const [tag] of form.matchAll(control)) {
    const name = attribute(openTag(tag), 'name')
    const is_many = isPressed(tag) || /\stype="(radio|checkbox)"/.test(tag) || /^<select\b[^>]*\smultiple/.test(tag)
    if (name) room.set(name, is_many ? Number.POSITIVE_INFINITY : (room.get(name) ?? 0) + 1)
  }
  const counts = Map.groupBy(typed, ([name]) => name)
  return [...counts].every(([name, values]) => (room.get(name) ?? 0) >= values.length)
}

const openTag = (tag: string) => /^<[^>]*>/.exec(tag)?.[0] ?? tag

function filled(form: string, typed: Typed): string {
  const left = Map.groupBy(typed, ([name]) => name)
  const next = (name: string) => left.get(name)?.shift()?.[1]
  const all = new Map([...left].map(([name, values]) => [name, values.map(([, value]) => value)]))
  return form.replace(control, (tag) => {
    const name = attribute(openTag(tag), 'name')
    if (!name || isPressed(tag)) return tag
    if (tag.startsWith('<textarea')) {
      const value = next(name)
      return value === undefined ? tag : `${openTag(tag)}\n${encoded(value)}</textarea>`
    }
    if (tag.startsWith('<select')) return selected(tag, all.get(name))
    const type = attribute(tag, 'type')
    if (type === 'file' || type === 'password') return tag
    if (type === 'radio' || type === 'checkbox') {
      const is_checked = all.get(name)?.includes(attribute(tag, 'value') ?? 'on') ?? false
      return is_checked ? withAttribute(tag, 'checked', '') : without(tag, 'checked')
    }
    const value = next(name)
    return value === undefined ? tag : withAttribute(tag, 'value', value)
  })
}

const selected = (select: string, values: string[] | undefined) =>
  values === undefined
    ? select
    : select.replace(/<option\b[^>]*>/g, (option) => {
        const bare = without(option, 'selected')
        return values.includes(attribute(option, 'value') ?? '') ? bare.replace(/>$/, ' selected="">') : bare
      })

/** The page before the form, with every part unfolded that the form stands in: what is kept is to be seen. */
function opened(before: string): string {
  const around: number[] = []
  for (const { 0: tag, index } of before.matchAll(/<details\b|<\/details>/g))
    if (tag === '</details>') around.pop()
    else around.push(index)
  return around.reduceRight((html, at) => {
    const tag = /^<details\b[^>]*>/.exec(html.slice(at))?.[0] ?? ''
    return /\sopen=""/.test(tag) ? html : `${html.slice(0, at)}<details open=""${html.slice(at + '<details'.length)}`
  }, before)
}
