import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileTrouble, NotConfigured, Unwell } from './not-configured.ts'

/** A demo keeps its secret in its data folder, so that people stay signed in over a restart. */
export function demoSecret(data: string, may_make: boolean): string {
  const file = path.join(data, 'secret')
  try {
    if (!existsSync(file)) {
      refuseFolderOfAnother(data, file)
      if (!may_make)
        throw new NotConfigured(
          `There is no secret in ${data}. Set NOROSHI_SECRET and NOROSHI_DATA as the service has them.`,
        )
      make(data, file)
    }
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return secret
  } catch (error) {
    const trouble = fileTrouble(error)
    if (!trouble) throw error
    throw new Unwell(trouble, `The data folder ${data} cannot be used: ${trouble}.`, { cause: error })
  }
  throw new Unwell('secret damaged', `${file} is damaged: it holds no secret. ${remedy(file)}`)
}

/**
 * Whoever set a secret when they began this folder has forgotten to set it now: another one would break what runs on it. A demo that has
 * taken mails here has lost its own, which may be put back while it waits.
 */
function refuseFolderOfAnother(data: string, file: string) {
  const has = (name: string) => existsSync(path.join(data, name))
  if (!['postgres', 'public', 'trail'].some(has)) return
  if (has('demo-mail')) throw new Unwell('secret missing', `${file} is gone, the secret of this demo. ${remedy(file)}`)
  throw new NotConfigured(
    `${data} is the data folder of a program whose secret is not in it. Give this command the settings of the service, above all NOROSHI_MODE and NOROSHI_SECRET. Nothing was changed.`,
  )
}

const remedy = (file: string) =>
  `Put it back from a backup. If it is lost: openssl rand -base64 32 > ${file}, then run once: noroshi renew-secret`

function make(data: string, file: string) {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const whole = `${file}.${process.pid}`
  try {
    writeFileSync(whole, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
    // Of two first starts at once, one sets the secret and both read it, whole.
    linkSync(whole, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(whole, { force: true })
  }
}
