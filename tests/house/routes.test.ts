import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from './homes.ts'

/** Whether an address can be meant by both. */
function overlap(one: string, other: string): boolean {
  const [parts, others] = [one.split('/'), other.split('/')]
  return (
    parts.length === others.length &&
    parts.every((part, at) => part === others[at] || fits(part, others[at] ?? '') || fits(others[at] ?? '', part))
  )
}

/** Whether a parameter can be this; one that says which letters it has is no other word. */
function fits(parameter: string, part: string): boolean {
  if (!parameter.startsWith(':')) return false
  const [, only] = /\{(.+)\}$/.exec(parameter) ?? []
  return !only || part.startsWith(':') || new RegExp(`^${only}$`).test(part)
}

test('no address is answered by two slices, so that their order says nothing', () => {
  assert.ok(routes.length > 150, 'the routes are seen')
  const twice = routes.flatMap((one, at) =>
    routes
      .slice(at + 1)
      .filter(({ slice, method, path }) => slice !== one.slice && method === one.method && overlap(path, one.path))
      .map((other) => `${one.method} ${one.path} (${one.slice}) and ${other.path} (${other.slice})`),
  )
  assert.deepEqual(twice, [], 'give the literal a noun of its own')
})
