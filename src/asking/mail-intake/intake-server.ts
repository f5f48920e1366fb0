import { SMTPServer } from 'smtp-server'
import { numberOfReplyPath, takeMailReply } from '#asking/replies/index.ts'
import { NotConfigured } from '#ground/config/config.ts'
import { letterOfPath } from '#ground/letters/return-path.ts'
import { type Beyond, beyondOf } from '#ground/mail/parse-mail.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { takeBounce } from './take-bounce.ts'

const mail_bytes_max = 40 * 1024 * 1024
/**
 * A photo or a quoted mail of any size may hang on an answer, which stands before it: of a mail no more than this is looked at,
 * and of the rest only whether words may stand there.
 */
const read_bytes_max = 1024 * 1024
/** The line that says what a part holds may lie across two chunks. */
const line_bytes_max = 200

/**
 * An SMTP server on this machine alone, to which the market's mail server hands what comes back to our letters and deliveries, and
 * what people reply to notices. It takes nothing for any other address, and no mail before what it says is written down.
 */
export async function startMailIntake(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  port: number,
  report: (error: unknown) => void,
): Promise<{ close(): Promise<void> }> {
  const server = new SMTPServer({
    name: 'noroshi',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    logger: false,
    size: mail_bytes_max,
    maxClients: 20,
    socketTimeout: 60_000,
    closeTimeout: 1000,
    disableReverseLookup: true,
    onRcptTo: ({ address }, session, done) =>
      // One mail of ours, one answer to it: a second recipient is another mail.
      session.envelope.rcptTo.length > 0
        ? done(refusal(452, 'one recipient at a time'))
        : done(isOurs(tools.config, address) ? null : refusal(550, 'no such address')),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      let size = 0
      let beyond: Beyond = 'nothing'
      let before: Buffer = Buffer.alloc(0)
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= read_bytes_max + chunk.length) chunks.push(chunk)
        else if (beyond !== 'part') {
          const seen = beyondOf(Buffer.concat([before, chunk]))
          if (seen !== 'nothing') beyond = seen
        }
        before = chunk.subarray(-line_bytes_max)
      })
      stream.on('end', () => {
        if (stream.sizeExceeded || size > mail_bytes_max) return done(refusal(552, 'mail too large'))
        const to = envelope.rcptTo[0]?.address ?? ''
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        take(tools, { from, to, beyond }, Buffer.concat(chunks)).then(
          () => done(null, 'noted'),
          (error) => {
            report(error)
            done(refusal(451, 'please try again later'))
          },
        )
      })
    },
  })
  // A client that hangs up is no concern of ours.
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new NotConfigured(`BOUNCE_PORT=${port} is in use. Set it for one process on this machine, to a free port.`)
          : error,
      ),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  return { close: () => new Promise((resolve) => server.close(() => resolve())) }
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

const isOurs = (config: Tools['config'], address: string) =>
  letterOfPath(config, address) !== undefined || numberOfReplyPath(config, address) !== undefined

const take = (
  tools: Parameters<typeof startMailIntake>[0],
  envelope: Parameters<typeof takeMailReply>[1],
  mail: Buffer,
) =>
  letterOfPath(tools.config, envelope.to) ? takeBounce(tools, envelope.to, mail) : takeMailReply(tools, envelope, mail)
