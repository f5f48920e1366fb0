import { open, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import PostalMime from 'postal-mime'
import { pageOf } from '#ground/lists/paged.ts'
import type { Wanted } from '#ground/lists/wanted.ts'
import { demoMailFolder, mailName } from './mail-server.ts'

export type DemoMailView = {
  name: string
  arrived_at: Date
  to: string
  from: string
  subject: string
  date: string
  message_id: string
  mode: string
  auto_submitted: string
  text: string
  html: string | null
}

const mails_per_page = 25

/** One page of the mails that a demo took, newest first; of one address when `to` is given. Pages count from 1. */
export async function listMails(data: string, { to, wanted: part }: { to: string; wanted: Wanted }) {
  const names = (await namesIn(data)).reverse()
  const wanted = to ? await only(data, names, to) : names
  const shown = pageOf(wanted, part, mails_per_page)
  const rows = await Promise.all(shown.rows.map((name) => readMail(data, name)))
  // Between the listing and the reading the oldest may have been cleared away.
  return { ...shown, rows: rows.filter((row) => row !== null) }
}

/** A mail by its name; null for any other text, whatever path it may spell. */
export async function readMail(data: string, name: string): Promise<DemoMailView | null> {
  if (!mailName.test(name)) return null
  const raw = await readFile(path.join(demoMailFolder(data), name)).catch(unlessMissing)
  if (!raw) return null
  const mail = await PostalMime.parse(raw)
  const header = (key: string) => mail.headers.find((each) => each.key === key)?.value ?? ''
  return {
    name,
    arrived_at: arrival(name),
    to: mail.deliveredTo ?? '',
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    date: header('date'),
    message_id: mail.messageId ?? '',
    mode: header('x-noroshi-mode'),
    auto_submitted: header('auto-submitted'),
    text: mail.text ?? '',
    html: mail.html ?? null,
  }
}

async function namesIn(data: string): Promise<string[]> {
  const files = (await readdir(demoMailFolder(data)).catch(unlessMissing)) ?? []
  return files.filter((name) => mailName.test(name)).sort()
}

/** Those delivered to one address. The server wrote it into the first line, so only the head of each file is read. */
async function only(data: string, names: readonly string[], to: string): Promise<string[]> {
  const wanted: string[] = []
  for (const name of names) {
    const file = await open(path.join(demoMailFolder(data), name)).catch(unlessMissing)
    if (!file) continue
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0).finally(() => file.close())
    const head = buffer.toString('utf8', 0, bytesRead)
    const [, address = ''] = /^Delivered-To: ([^\r\n]*)\r?\n/.exec(head) ?? []
    if (address.toLowerCase() === to.toLowerCase()) wanted.push(name)
  }
  return wanted
}

/** The moment that the name spells: 20270115T003000123-… */
const arrival = (name: string) =>
  new Date(name.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3}).*$/, '$1-$2-$3T$4:$5:$6.$7Z'))

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
