import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

type Behaviour = {
  /** Told of each sender; throws, with a responseCode, to refuse it. */
  from?: (address: string) => void
  /** Told of each recipient; throws, with a responseCode, to refuse it; 'drop' hangs up instead of answering. */
  rcpt?: (address: string) => 'drop' | undefined
  /** Told of each whole mail; 'drop' hangs up instead of answering; a promise holds the answer back. */
  data?: (mail: Buffer) => 'drop' | undefined | Promise<undefined>
  /** Where it listens; a free port, if nothing is said. */
  port?: number
}

export type TestSmtp = {
  url: string
  mails: { to: string[]; raw: Buffer }[]
  read(): Promise<Email[]>
  close(): Promise<void>
}

/** A real SMTP server that keeps what it took, and misbehaves as told. */
export async function testSmtp({ from, rcpt, data, port = 0 }: Behaviour = {}): Promise<TestSmtp> {
  const mails: TestSmtp['mails'] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onMailFrom: ({ address }, _session, done) => done(refusalOf(() => from?.(address))),
    onRcptTo: ({ address }, session, done) =>
      done(
        refusalOf(() => {
          if (rcpt?.(address) === 'drop') hangUp(session.id)
        }),
      ),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks)
        const told = data?.(raw)
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
        if (told === 'drop') {
          hangUp(session.id)
          return
        }
        await told
        done(null, 'taken')
      })
    },
  })
  server.on('error', () => {})
  const hangUp = (id: string) => {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy()
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  const { port: bound } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${bound}`,
    mails,
    read: () => Promise.all(mails.map(({ raw }) => PostalMime.parse(raw))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const refusalOf = (say: () => void): Error | undefined => {
  try {
    say()
  } catch (error) {
    return error as Error
  }
}

export const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
