import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core'

const installed = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'headless_shell']
type Program = { executablePath: string; libraries?: string }

/** The browser that all tests of a run share, for contexts of one's own; one of one's own where there is none, or where it has died. */
export async function openBrowser(): Promise<Browser> {
  const shared = process.env.NOROSHI_TEST_BROWSER
  const joined = shared && (await chromium.connect(shared).catch(() => undefined))
  return joined || launch((options) => chromium.launch(options))
}

/** A Chromium that renders Japanese: CHROME_PATH if set, else the one that `npm ci` brings, else one that is installed. */
export async function launch<T>(start: (options: LaunchOptions) => Promise<T>): Promise<T> {
  const { CHROME_PATH } = process.env
  const ways: (() => Program | Promise<Program>)[] = [
    ...(CHROME_PATH ? [() => ({ executablePath: CHROME_PATH })] : []),
    async () => ({ executablePath: path.join(await unpacked(), 'chromium') }),
    // A bare machine has not even the few libraries that it needs: they come in the same package.
    async () => ({
      executablePath: path.join(await unpacked(), 'chromium'),
      libraries: path.join(await unpacked(), 'al2023/lib'),
    }),
    ...installed.map((name) => () => ({ executablePath: execFileSync('which', [name], { encoding: 'utf8' }).trim() })),
  ]
  const problems: string[] = []
  for (const way of ways) {
    try {
      const { executablePath, libraries } = await way()
      const env = { ...process.env, FONTCONFIG_FILE: fonts(), ...(libraries && { LD_LIBRARY_PATH: libraries }) }
      return await start({ executablePath, env, args: ['--font-render-hinting=none'] })
    } catch (error) {
      problems.push(String(error).split('\n').slice(0, 8).join('\n'))
    }
  }
  throw new Error(`No browser could be started. Set CHROME_PATH to a Chrome or Chromium.\n${problems.join('\n')}`)
}

/** Chromium takes no picture that is higher. */
const shot_height_max = 16_000

/** A picture of the whole page, or of its upper part; folders are made as needed. */
export async function shoot(
  page: Page,
  file: string,
  { height_max = shot_height_max }: { height_max?: number | undefined } = {},
): Promise<void> {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
  await page.evaluate(() => document.fonts.ready)
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }))
  const clip = { x: 0, y: 0, width, height: Math.min(height, height_max) }
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled', ...(height > height_max && { clip }) })
}

/** The packed Chromium, unpacked once a machine. Two processes at once each unpack their own, and the first one stays. */
async function unpacked(): Promise<string> {
  const about = readFileSync(new URL('../../package.json', import.meta.resolve('@sparticuz/chromium')), 'utf8')
  const { version } = JSON.parse(about) as { version: string }
  const folder = `${ownFolder('chromium')}/${version}`
  if (existsSync(folder)) return folder

  const own = mkdtempSync(`${folder}-`)
  const { TMPDIR, AWS_EXECUTION_ENV } = process.env
  // The package reads these before its first wait: where to unpack to, and whether to unpack the libraries too.
  Object.assign(process.env, { TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' })
  const unpacking = sparticuz.executablePath()
  restore({ TMPDIR, AWS_EXECUTION_ENV })
  await unpacking
  try {
    renameSync(own, folder)
  } catch {
    rmSync(own, { recursive: true, force: true })
  }
  return folder
}

function restore(variables: Record<string, string | undefined>) {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}

/** The fonts of the development packages, for this browser alone: the machine may have none with Japanese. */
function fonts(): string {
  const folder = ownFolder('fonts')
  const family = path.dirname(fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-jp/package.json')))
  const text = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${family}/400Regular</dir>
  <dir>${family}/700Bold</dir>
  <cachedir>${folder}/cache</cachedir>
  <match target="pattern"><edit name="family" mode="append_last"><string>Noto Sans JP</string></edit></match>
</fontconfig>`
  const file = path.join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.conf`)
  if (!existsSync(file)) {
    writeFileSync(`${file}.${process.pid}`, text)
    renameSync(`${file}.${process.pid}`, file)
  }
  return file
}

/** A folder in the temporary folder that nobody else could have filled. */
function ownFolder(name: string): string {
  const uid = process.getuid?.() ?? 0
  const folder = path.join(tmpdir(), `noroshi-${name}-${uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.getuid && statSync(folder).uid !== uid) throw new Error(`${folder} belongs to someone else`)
  return folder
}
