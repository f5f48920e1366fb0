import { program } from './imports.ts'
import { plan, sliceOf, wingOf, wings } from './plan.ts'

export type Route = { wing: string; slice: string; method: string; path: string }

/** The routes that the program's files write out, each with the slice that answers it. */
export const routes: readonly Route[] = program.flatMap(([file, text]) =>
  [...text.matchAll(/(?:[rR]outes|\bapp|^\s*)\.(get|post)\(\s*'(\/[^']*)'/gm)].map(([, method = '', path = '']) => ({
    wing: wingOf(file),
    slice: sliceOf(file),
    method,
    path: path.replaceAll('\\\\', '\\'),
  })),
)

/** Each table's wing: that of the slice which adds it to the tables, also before the plan has that slice. */
const tables = new Map(
  program.flatMap(([file, text]) => {
    const [, slice = ''] = /^src\/ground\/db\/tables\/([\w-]+)\.ts$/.exec(file) ?? []
    const wing =
      wings.find((each) => plan.get(each)?.includes(slice)) ??
      wingOf(program.find(([each]) => each.split('/')[2] === slice)?.[0] ?? '')
    return wing ? [...text.matchAll(/^ {4}(\w+): (?:\w+ & )?\{/gm)].map(([, table = '']) => [table, wing] as const) : []
  }),
)

/** The wing that has this page, form or table, where its files say so in so many words. */
export const wingWith = (one: string): string | undefined =>
  tables.get(one) ?? routes.find(({ path }) => path === one)?.wing

/** Whether it stands elsewhere: a page may show in one wing what another takes, and then both have it. */
export const isElsewhere = (one: string, wing: string): boolean =>
  (wingWith(one) ?? wing) !== wing && !routes.some((route) => route.path === one && route.wing === wing)

/** The file in which what is expected of it stands. */
export const homeOf = (one: string): string => `tests/kit/samples/${wingWith(one) ?? '<wing>'}.ts`
