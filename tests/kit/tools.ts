import type { Config } from '#ground/config/config.ts'
import type { Database } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { seenWhole, test_secret } from './database.ts'

export const start = new Date('2027-01-15T00:00:00Z')

/** Tools that see the whole database, with a clock that a test sets, and the jobs that were queued. */
export function testTools(db: Database, off: Config['off'] = []) {
  let now = start
  const jobs: string[] = []
  const config: Config = {
    mode: 'demo',
    data: '/nowhere',
    secret: test_secret,
    secrets_before: [],
    off,
    port: 3000,
    host: '127.0.0.1',
    public_origin: undefined,
    drain_ms: 0,
    trusted_proxies: [],
    database_url: undefined,
    database_owner_url: undefined,
    smtp_url: undefined,
    mail_from: 'noroshi@market.example',
    bounce_port: undefined,
    push_services: [],
    webhook_loopback: false,
    file_drop: undefined,
    security_contact: undefined,
    feeds: [],
    sms: undefined,
    voice: undefined,
  }
  const later: Tools['later'] = async (_tx, name) => void jobs.push(name)
  const tools: Tools = { ...seenWhole(db), clock: () => now, later, config, origin: 'https://bcp.market.example' }
  return { tools, jobs, pass: (seconds: number) => void (now = new Date(now.getTime() + seconds * 1000)) }
}
