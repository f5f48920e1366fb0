import type { Firm, Making } from './samples/making.ts'
import type { Thing } from './samples/wing.ts'
import { expected, firmOf } from './samples.ts'

const things = Object.entries<Thing>(expected.things)

/** One of every thing that an address names, by the path before its id; `firm`'s where none is asked of another. */
export async function oneOfEverything(make: Making, firm: Firm): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  for (const [path, thing] of things) {
    const whose = thing.asked ? await firmOf(make.site, { code: thing.asked }) : firm
    ids[path] = await idOf(make, whose, thing)
  }
  return ids
}

/** One of each of this institution's own things, by the path before its id. */
export async function ownThings(make: Making, firm: Firm): Promise<Record<string, string>> {
  const ids: Record<string, string> = {}
  for (const [path, thing] of things) if ('own' in thing) ids[path] = await idOf(make, firm, thing)
  return ids
}

async function idOf(make: Making, firm: Firm, thing: Thing): Promise<string> {
  const sample = 'own' in thing ? thing.own : thing.market
  return typeof sample === 'string' ? make.of(firm, sample) : sample(make, firm)
}

const parameter = /\/:[^/]+/g

/** The paths before each parameter of a route, such as /rounds and /rounds/:id/institutions. */
export const thingsIn = (route: string): string[] =>
  [...route.matchAll(parameter)].map(({ index }) => route.slice(0, index))

/** The address of a route with these things in it. */
export const addressOf = (route: string, ids: Record<string, string>): string =>
  route.replace(parameter, (_parameter, at: number) => `/${ids[route.slice(0, at)]}`)

export const isOwn = (route: string): boolean => thingsIn(route).some((path) => 'own' in (expected.things[path] ?? {}))
