// Runs the tests: opens what they share and hands over to Node's test runner, whose summary ends what is printed.
// Words choose test files (a path, a folder, a part of a name), without any everything runs; options go to the runner.
// --quick: the shape of the house, the tests beside changed files, and the tables that every new thing must stand in.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { openBrowserServer } from './dist/tests/run/browser.js'
import {
  allTests,
  changedFiles,
  list_tests,
  need,
  shape_tests,
  testsBeside,
  testsFor,
} from './dist/tests/run/choose.js'
import { openFolder } from './dist/tests/run/memory.js'
import { openTestServer } from './dist/tests/run/template.js'

process.chdir(import.meta.dirname)
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const options = process.argv.slice(2).filter((word) => word.startsWith('--') && word !== '--quick')

const runs = process.argv.includes('--quick') ? quick() : [{ files: asked(), options }]
const closing = []
let isStopped = false
let running
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    isStopped = true
    running?.kill(signal)
  })

try {
  const shared = await open(runs.flatMap(({ files }) => files))
  process.exitCode = 0
  for (const run of runs) {
    const code = await testAll(run, shared)
    process.exitCode ||= code
  }
} finally {
  for (const close of closing.reverse()) await close()
}

function asked() {
  if (words.length === 0) return allTests
  const found = words.map((word) => [word, testsFor(word)])
  const unknown = found.filter(([, files]) => files.length === 0).map(([word]) => word)
  if (unknown.length > 0) {
    console.error(`No test file is named by ${unknown.join(', ')}.`)
    process.exit(1)
  }
  return [...new Set(found.flatMap(([, files]) => files))]
}

function quick() {
  const beside = changedFiles().flatMap((file) => testsBeside(file))
  return [
    { files: [...new Set([...shape_tests, ...beside])], options },
    { files: list_tests.files, options: [`--test-name-pattern=${list_tests.name}`] },
  ]
}

/** What these tests share, as the environment in which they find it. */
async function open(files) {
  // As bin/noroshi.js has it: what is tested is what runs, and pages are drawn in half the time.
  const shared = { NODE_ENV: 'production' }
  if (need('browser', files)) {
    const browser = await openBrowserServer()
    closing.push(browser.close)
    shared.NOROSHI_TEST_BROWSER = browser.url
  }
  const { folder, close } = openFolder()
  closing.push(close)
  process.env.TMPDIR = folder
  // Hundreds of processes load the same program: compiled once, each of them starts a fifth faster.
  shared.NODE_COMPILE_CACHE = path.join(folder, 'compiled')
  if (need('database', files)) {
    const server = await openTestServer()
    closing.push(server.close)
    shared.NOROSHI_TEST_SERVER = server.url
  }
  return shared
}

/** The exit code of Node's test runner. */
function testAll({ files, options }, shared) {
  if (isStopped) return 130
  const built = files.map((file) => `dist/${file.replace(/\.tsx?$/, '.js')}`)
  // The runner sorts what it is given, and a path from the root comes first: those that take longest begin, and what is
  // short fills the rest. Otherwise one of two would work alone at the end.
  const ordered = built.map((file) => (file.startsWith('dist/tests/') ? path.resolve(file) : file))
  // Minutes that no test takes, and an end for what a failed one has left open.
  const limits = ['--test-timeout=600000', '--import=./dist/tests/run/end.js']
  const flags = ['--enable-source-maps', '--test', '--test-concurrency=2', ...limits, ...options]
  running = spawn(process.execPath, [...flags, ...ordered], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...shared },
  })
  return new Promise((resolve) => running.on('exit', (code) => resolve(code ?? 1)))
}
