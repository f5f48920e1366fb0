import { parentPort, workerData } from 'node:worker_threads'
import type { PackData } from './read-pack-data.ts'
import { renderPack } from './render-pack.ts'

// Setting a market of five hundred takes seconds, in which the program's own thread must go on answering.
const { pdf, pages } = await renderPack(workerData as PackData)
parentPort?.postMessage({ pdf, pages })
