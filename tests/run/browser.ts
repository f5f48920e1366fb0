import { type BrowserServer, chromium } from 'playwright-core'
import { launch } from '../kit/browser.ts'

/** One Chromium for all tests of a run; who wants one joins it with contexts of their own. */
export async function openBrowserServer(): Promise<{ url: string; close(): Promise<void> }> {
  const server: BrowserServer = await launch((options) => chromium.launchServer({ ...options, host: '127.0.0.1' }))
  let is_closing = false
  server.on('close', () => {
    if (!is_closing) console.error('The browser of the tests has died: what used it fails, the others open their own.')
  })
  return {
    url: server.wsEndpoint(),
    async close() {
      is_closing = true
      await server.close()
    },
  }
}
