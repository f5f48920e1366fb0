export { afterAttempt, afterServerLost, attempts_max, takeovers_max } from './retry.ts'
export { connections_max, type Mail, type MailTransport, type Outcome, openTransport } from './transport.ts'
