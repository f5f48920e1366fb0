// Builds dist/: the program (tsc), the scripts and style sheet that browsers load (esbuild).
// Plain JavaScript, because it runs before anything is built; does nothing when dist/ is newer than every source.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build } from 'esbuild'

process.chdir(import.meta.dirname)
const stamp = 'dist/.built'
const below = (folder) => readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name))
const sources = [
  ...['bin', 'src', 'tests', 'bench'].flatMap(below).filter((file) => /\.(ts|tsx|css)$/.test(file)),
  ...['package-lock.json', 'tsconfig.json', 'build.js'],
]
const list = createHash('sha256').update(sources.sort().join('\n')).digest('hex')
const fresh =
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === list &&
  sources.every((file) => statSync(file).mtimeMs <= statSync(stamp).mtimeMs)

if (!fresh) {
  const started = new Date()
  rmSync('dist', { recursive: true, force: true })
  const typescript = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc')
  try {
    execFileSync(process.execPath, [typescript, '-p', '.'], { stdio: 'inherit' })
  } catch {
    process.exit(1)
  }
  // What lies in a folder below is a part of one of them.
  const scripts = below('src/client').filter((file) => /^src\/client\/[\w-]+\.ts$/.test(file))
  const { metafile } = await build({
    entryPoints: ['src/ground/html/app.css', ...scripts],
    outdir: 'dist/assets',
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    target: ['es2022', 'chrome109', 'safari16', 'firefox115'],
    metafile: true,
    logLevel: 'warning',
  })
  const assets = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [
      output.entryPoint.replace(/^.*\//, '').replace(/\.ts$/, '.js'),
      path.replace('dist/assets/', ''),
    ]),
  )
  mkdirSync('dist/assets', { recursive: true })
  writeFileSync('dist/assets/assets.json', JSON.stringify(assets))
  writeFileSync(stamp, list)
  // The stamp carries the time at which the build began, so that a source saved meanwhile is built again.
  utimesSync(stamp, started, started)
}

// `npx noroshi` finds it here. A "bin" in package.json would make npx copy the whole project into its cache first.
const command = 'node_modules/.bin/noroshi'
if (!existsSync(command)) {
  rmSync(command, { force: true })
  symlinkSync('../../bin/noroshi.js', command)
}
