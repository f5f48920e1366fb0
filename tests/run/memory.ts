import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const memory = '/dev/shm'
const free_bytes_min = 3 * 1024 ** 3

/**
 * A folder for all that the tests of one run write: in memory where the machine lets us and has room. A database is
 * copied there in a twentieth of the time that hundreds of new files take on a disk.
 */
export function openFolder(): { folder: string; close(): void } {
  const folder = mkdtempSync(path.join(hasRoom() ? memory : tmpdir(), 'noroshi-test-'))
  // As the system's own is: PostgreSQL runs as somebody else when root runs the tests.
  chmodSync(folder, 0o755)
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) }
}

function hasRoom(): boolean {
  if (!existsSync(memory)) return false
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= free_bytes_min && process.availableMemory() >= 2 * free_bytes_min
}
