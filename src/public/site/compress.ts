import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const brotli_quality = 9

export type Compressed = { identity: Buffer; gzip: Buffer; br: Buffer }

/** The same bytes in every encoding a browser may ask for; the same input is compressed once. */
export function compressed(identity: Buffer): Compressed {
  const known = cache.get(identity)
  if (known) return known
  const made = {
    identity,
    gzip: gzipSync(identity, { level: 9 }),
    br: brotliCompressSync(identity, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: brotli_quality,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: identity.length,
      },
    }),
  }
  cache.set(identity, made)
  return made
}

const cache = new WeakMap<Buffer, Compressed>()
