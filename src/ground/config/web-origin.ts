import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Config, NotConfigured } from './config.ts'
import { fileTrouble } from './not-configured.ts'

/** In a demo the web server alone knows at which address it answers; whoever works beside it on the same folder reads it here. */
const fileIn = ({ data }: Pick<Config, 'data'>) => path.join(data, 'origin')

/**
 * Notes the address; gives how to take it back. Does nothing where the settings of every process name it. Where it cannot be noted it
 * says so: only who works beside it misses it.
 */
export async function noteWebOrigin(
  config: Pick<Config, 'data' | 'public_origin'>,
  origin: string,
  say: (line: string) => void,
) {
  if (config.public_origin) return async () => {}
  try {
    await mkdir(config.data, { recursive: true, mode: 0o700 })
    await writeFile(fileIn(config), origin)
  } catch (error) {
    const trouble = fileTrouble(error)
    if (!trouble) throw error
    say(
      `${fileIn(config)} cannot be written: ${trouble}. The program works; what works beside it on this folder needs PUBLIC_ORIGIN.`,
    )
  }
  return async () => {
    // Another one that started since has noted its own.
    if ((await noted(config)) === origin) await rm(fileIn(config), { force: true })
  }
}

const noted = (config: Pick<Config, 'data'>) => readFile(fileIn(config), 'utf8').catch(() => '')

/** Where the links of mails lead: what the settings say, else where the web server beside us answers, else the port that it is to have. */
export async function webOrigin(config: Pick<Config, 'data' | 'public_origin' | 'port'>): Promise<string> {
  if (config.public_origin) return config.public_origin
  const beside = await noted(config)
  if (/^http:\/\/localhost:\d+$/.test(beside)) return beside
  if (config.port !== 0) return `http://localhost:${config.port}`
  throw new NotConfigured(
    'PORT=0 does not say where links are to lead. Set PUBLIC_ORIGIN, or start noroshi serve on the same NOROSHI_DATA first.',
  )
}
