import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'
import { Unwell } from '#ground/config/config.ts'
import { fileTrouble } from '#ground/config/not-configured.ts'

export type DemoMail = { smtp_url: string; close(): Promise<void> }

/** The newest mails that are kept. */
export const mails_max = 2000
const mail_bytes_max = 1024 * 1024

/** Where a demo keeps the mails it took, one file each, below its data folder. */
export const demoMailFolder = (data: string) => path.join(data, 'demo-mail')

/** A name that sorts by the time of arrival: 20270115T003000123-000042-9f2c.eml. Nothing else is ever opened. */
export const mailName = /^\d{8}T\d{9}-\d{6}-[0-9a-f]{8}\.eml$/

/** A real SMTP server on this machine that takes every mail and puts it into the data folder, for a demo without a mail server. */
export async function startDemoMail(data: string, clock: () => Date = () => new Date()): Promise<DemoMail> {
  const folder = demoMailFolder(data)
  const names = await keptNames(folder).catch((error) => {
    const trouble = fileTrouble(error)
    if (!trouble) throw error
    throw new Unwell(trouble, `The mails of the demo cannot be kept in ${folder}: ${trouble}.`, { cause: error })
  })
  let taken = 0

  const keep = async (mail: Buffer) => {
    const time = clock()
      .toISOString()
      .replace(/[-:.Z]/g, '')
    const name = `${time}-${String(++taken % 1_000_000).padStart(6, '0')}-${randomBytes(4).toString('hex')}.eml`
    const draft = path.join(folder, `${name}.part`)
    await writeFile(draft, mail)
    await rename(draft, path.join(folder, name))
    names.push(name)
    const old = names.splice(0, names.length - mails_max)
    for (const each of old) await rm(path.join(folder, each), { force: true })
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    logger: false,
    size: mail_bytes_max,
    closeTimeout: 1000,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error('mail too large'), { responseCode: 552 }))
        const to = envelope.rcptTo.map(({ address }) => `Delivered-To: ${address.replace(/[\r\n]/g, '')}\r\n`).join('')
        keep(Buffer.concat([Buffer.from(to), ...chunks])).then(
          () => done(null, 'taken by the demo'),
          () => done(Object.assign(new Error('the demo could not store the mail'), { responseCode: 451 })),
        )
      })
    },
  })
  // A client that hangs up is no concern of the demo.
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    smtp_url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Mails of earlier starts, oldest first; what a crash left half-written is cleared away. */
async function keptNames(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const files = await readdir(folder)
  for (const name of files.filter((file) => file.endsWith('.part'))) await rm(path.join(folder, name), { force: true })
  return files.filter((name) => mailName.test(name)).sort()
}
