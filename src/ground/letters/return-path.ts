import type { Config } from '#ground/config/config.ts'

/** Where this installation's mails come from; what goes out bears names of it. */
export const hostOf = ({ mail_from }: Pick<Config, 'mail_from'>) => mail_from.slice(mail_from.lastIndexOf('@') + 1)

/** Where servers report what became of this letter: an address of its own, if anybody listens there. */
export const returnPath = (config: Pick<Config, 'mail_from' | 'bounce_port'>, letter_id: string): string | undefined =>
  config.bounce_port === undefined ? undefined : `bounce+${letter_id}@${hostOf(config)}`

/** The letter whose return path this is; undefined when it is nobody's. */
export const letterOfPath = (config: Pick<Config, 'mail_from'>, address: string): string | undefined => {
  const [, id, host] = /^bounce\+([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@(.+)$/i.exec(address) ?? []
  return host?.toLowerCase() === hostOf(config).toLowerCase() ? id?.toLowerCase() : undefined
}
