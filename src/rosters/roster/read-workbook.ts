import { Worker } from 'node:worker_threads'
import { problem } from './problem.ts'
import type { Sheets } from './read-sheets.ts'
import { unpacked_bytes_max } from './unpack-workbook.ts'

const patience_ms = 30_000
const memory_mb_max = 768

/**
 * The sheets of an Excel file (.xlsx) as records, each under the number of its row. A formula counts as the value that it was
 * saved with. Read in a thread of its own, within limits of time and memory: nobody who waits for a page waits for a file.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Sheets> {
  const worker = new Worker(new URL('./workbook-worker.js', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: memory_mb_max },
  })
  const refuse = (reason: 'workbook_too_large' | 'workbook_too_slow', value: number) => ({
    problem: problem(null, null, reason, value),
  })
  try {
    return await new Promise<Sheets>((resolve, reject) => {
      const timer = setTimeout(() => resolve(refuse('workbook_too_slow', patience_ms / 1000)), patience_ms)
      worker.on('message', resolve)
      worker.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? resolve(refuse('workbook_too_large', unpacked_bytes_max / 1024 / 1024))
          : reject(error),
      )
      worker.on('exit', (code) => {
        clearTimeout(timer)
        reject(new Error(`the thread that reads a workbook ended with ${code}`))
      })
    })
  } finally {
    await worker.terminate()
  }
}
