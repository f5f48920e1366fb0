import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { root } from '#ground/config/root.ts'

/** Who looks at a page; nobody has not signed in. */
export const people = {
  nobody: null,
  desk: 'desk@assoc.example',
  contact: 'bcp@sokyu.example',
  exchange: 'bcp@soten.example',
  observer: 'observer@reg.example',
  bureau: 'observer@lfbw.example',
  auditor: 'audit@assoc.example',
  approver: 'approver@assoc.example',
} as const
export type Who = keyof typeof people

/**
 * Every page of the program, who looks at it, and where it is in the story that `playStory` tells.
 * With `fill` it is the answer to the form at `path`, with these words typed into it: the page that checks before an act.
 * With `file`, this file of docs/ is chosen in it, too.
 */
export type ShownPage = { name: string; path: string; who: Who; fill?: Record<string, string>; file?: string }

/** Opens a shown page as its reader reaches it; the HTML that came. */
export async function openShown(page: Page, address: string, { fill, file }: ShownPage): Promise<string> {
  const opened = await page.goto(address)
  if (!fill) return (await opened?.text()) ?? ''
  for (const [name, words] of Object.entries(fill)) await page.locator(`main [name="${name}"]`).fill(words)
  if (file) await page.locator('main input[type="file"]').setInputFiles(fileURLToPath(new URL(`docs/${file}`, root)))
  const [answer] = await Promise.all([
    page.waitForResponse(
      (each) => each.request().isNavigationRequest() && each.frame() === page.mainFrame() && !isRedirect(each.status()),
    ),
    page.waitForEvent('load'),
    page.locator('main form button').last().click(),
  ])
  return answer.text()
}

const isRedirect = (status: number) => status >= 300 && status < 400
