import type { Reader, Row } from './samples/wing.ts'
import { expected } from './samples.ts'
import type { ShownPage, Who } from './shown-page.ts'

/** As whom each looks; those who come first look at what is for many. */
const lookingAs = Object.entries({
  nobody: 'nobody',
  desk: 'secretariat',
  contact: 'bcp_contact',
  exchange: 'bcp_contact',
  observer: 'observer',
  bureau: 'local_authority',
  auditor: 'auditor',
  approver: 'secretariat_approver',
} satisfies Record<Who, Reader>) as [Who, Reader][]

/** The pages of the program, less lists as files and what the story does not open. */
export const toBeShown = Object.keys(expected.pages).filter((path) => !path.endsWith('.csv') && !expected.unshown[path])

/**
 * The pages whose address names no thing: each as the first reader for whom it opens sees it, under the name that its address
 * gives it. Those that the story tells by hand are not shown again.
 */
export function plainPages(told: readonly ShownPage[], among = toBeShown, pages: Record<string, Row> = expected.pages) {
  return among.flatMap((path): ShownPage[] => {
    const opensFor = (who: Who) => lookingAs.some(([each, reader]) => each === who && pages[path]?.[reader] === 200)
    const isTold = told.some((page) => page.path === path && !page.fill && opensFor(page.who))
    const who = lookingAs.map(([each]) => each).find(opensFor)
    if (path.includes('/:') || isTold || !who) return []
    return [{ name: path.slice(1).replaceAll('/', '-'), path, who }]
  })
}
