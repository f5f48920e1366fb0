import { crc32, inflateRawSync } from 'node:zlib'

export const unpacked_bytes_max = 48 * 1024 * 1024
const entries_max = 200

export type Part = { name: Buffer; content: Buffer }
export type Unpacked = { parts: Part[] } | { is: 'damaged' | 'too_large' }

/** Every part of a workbook's archive, each unpacked once and under a limit. */
export function unpack(file: Buffer): Unpacked {
  const end = file.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0 || end + 22 > file.length) return { is: 'damaged' }
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count > entries_max) return { is: 'too_large' }
  let left = unpacked_bytes_max
  const parts: Part[] = []
  try {
    for (let entry = 0; entry < count; entry++) {
      if (file.readUInt32LE(at) !== 0x02014b50) return { is: 'damaged' }
      const method = file.readUInt16LE(at + 10)
      const packed = file.readUInt32LE(at + 20)
      const declared = file.readUInt32LE(at + 24)
      const name_length = file.readUInt16LE(at + 28)
      const local = file.readUInt32LE(at + 42)
      const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
      const packed_content = file.subarray(start, start + packed)
      if (declared > left) return { is: 'too_large' }
      const content = method === 0 ? packed_content : inflateRawSync(packed_content, { maxOutputLength: left + 1 })
      left -= Math.max(content.length, declared)
      if (left < 0) return { is: 'too_large' }
      if (content.length !== declared) return { is: 'damaged' }
      parts.push({ name: file.subarray(at + 46, at + 46 + name_length), content })
      at += 46 + name_length + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
    }
  } catch (error) {
    return { is: (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'damaged' }
  }
  return { parts }
}

/** An archive of these parts, stored as they are (APPNOTE 4.3): what was judged is what is read. */
export function packStored(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content } of parts) {
    // Version 2.0, names in UTF-8, stored; no time.
    const said = Buffer.alloc(26)
    said.writeUInt16LE(20, 0)
    said.writeUInt16LE(0x0800, 2)
    said.writeUInt32LE(crc32(content), 10)
    said.writeUInt32LE(content.length, 14)
    said.writeUInt32LE(content.length, 18)
    said.writeUInt16LE(name.length, 22)
    bodies.push(Buffer.from('504b0304', 'hex'), said, name, content)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.from('504b01021400', 'hex'), said, rest, name)
    at += 30 + name.length + content.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32BE(0x504b0506, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, ...directory, end])
}
