import { parentPort, workerData } from 'node:worker_threads'
import { readSheets } from './read-sheets.ts'

// A file of somebody else's is read beside the program, which can end this thread when it takes too much.
parentPort?.postMessage(await readSheets(workerData as Uint8Array))
