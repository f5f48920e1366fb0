import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { root } from '#ground/config/root.ts'

const own = new URL('tests/telegrams/', root)
// Telegrams that really went out lie beside the checkout on some machines, never in it.
const real = ['../shared/data/jma/', '../../shared/data/jma/']
  .map((path) => new URL(path, root))
  .find((at) => existsSync(at))

/** The bytes of one of the project's own telegrams, such as 'vxse51-tokyo.xml'. */
export const ownTelegram = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, own)))
export const ownTelegramNames = (): string[] => xmlFiles(own)

/** The bytes of a telegram that really went out, by its file name. */
export const realTelegram = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, real)))
/** Empty where the folder `../shared/data/jma` is not there. */
export const realTelegramNames = (): string[] => (real ? xmlFiles(real) : [])

const xmlFiles = (folder: URL) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .sort()
