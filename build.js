// Builds dist/: the program, file by file, and the scripts and style sheet that browsers load. Types are no part of it: npm run types.
// Plain JavaScript, because it runs before anything is built. Every built file names the hash of what it was made from, so
// only what is not as its source is made again, whatever clocks say and whoever was killed at what; nothing is written
// before all has succeeded. Two builds at once make the same files.
import { createHash } from 'node:crypto'
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

process.chdir(import.meta.dirname)
const began = performance.now()
const read = (file) => readFileSync(file)
const readOr = (file, other) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return other
  }
}
const hash = (...parts) =>
  parts.reduce((sum, part) => sum.update(part).update('\0'), createHash('sha256')).digest('hex')
if (!existsSync('node_modules/esbuild')) {
  // Where only what runs is installed, what was built elsewhere is run.
  const isBuilt = existsSync('dist/bin/noroshi.js')
  if (!isBuilt) console.error('Building needs the development dependencies: npm ci')
  process.exit(isBuilt ? 0 : 1)
}
/** How everything is made: a change of it makes everything anew. */
const recipe = hash(read('build.js'), read('tsconfig.json'), read('node_modules/esbuild/package.json'))
const shared = { write: false, charset: 'utf8', format: 'esm', logLevel: 'warning' }

const programOf = (source) => `dist/${source.replace(/\.tsx?$/, '.js')}`
const sources = globSync('{bin,src,tests,bench}/**/*.{ts,tsx}')
// Read before it is built: what is saved meanwhile is not as its mark says, and is built again next time.
const marks = new Map(sources.map((source) => [source, `// made from ${hash(recipe, read(source))}\n`]))
const stale = sources.filter((source) => !readOr(programOf(source), '').endsWith(marks.get(source)))

const list = 'dist/assets/assets.json'
const sheets = globSync('src/ground/html/{app,print}.css').sort()
// What lies in a folder below is a part of one of them.
const entries = [...sheets, ...globSync(['src/client/*.ts', 'src/ground/html/favicons/*.svg']).sort()]
/** Which files they are, by the names that the program knows, and the hash of each file that is in them. */
const assets = { recipe: hash(recipe, ...entries), names: {}, inputs: {} }
const last = JSON.parse(readOr('dist/assets/made.json', '{}'))
const areAssetsFresh =
  last.recipe === assets.recipe &&
  Object.entries(last.inputs).every(([input, was]) => hash(readOr(input, '')) === was) &&
  readOr(list, '') === JSON.stringify(last.names) &&
  Object.values(last.names).every((name) => existsSync(`dist/assets/${name}`))

if (areAssetsFresh) assets.names = last.names

const made = new Map()
try {
  await Promise.all([stale.length > 0 && makeProgram(), areAssetsFresh || makeAssets()])
} catch (error) {
  // esbuild has said file and line already.
  if (!error.errors) console.error(error)
  console.error(existsSync('dist/bin') ? 'Not built: dist/ is left as it was.' : 'Not built.')
  process.exit(1)
}
put()
sweep()
link()
if (made.size > 0) console.log(`Built ${made.size} files in ${((performance.now() - began) / 1000).toFixed(1)} s`)

/** One file of JavaScript for each of TypeScript; Node finds `#…` by package.json. */
async function makeProgram() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    ...shared,
    entryPoints: stale,
    outdir: 'dist',
    outbase: '.',
    target: 'es2024',
    sourcemap: true,
    sourcesContent: false,
  })
  const texts = new Map(outputFiles.map(({ path: file, text }) => [path.relative('', file), text]))
  for (const source of stale) {
    const file = programOf(source)
    const text = texts
      .get(file)
      .replace(/^((?:import|export)\b[^'"`;]*|.*\bimport\()"(\.\.?\/[^"]+)\.tsx?"/gm, '$1"$2.js"')
    made.set(`${file}.map`, texts.get(`${file}.map`)).set(file, text + marks.get(source))
  }
}

async function makeAssets() {
  const { build } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    ...shared,
    entryPoints: entries,
    outdir: 'dist/assets',
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    target: ['es2022', 'chrome109', 'safari16', 'firefox115'],
    metafile: true,
    loader: { '.svg': 'copy' },
    plugins: [{ name: 'sources', setup: readSources }],
  })
  for (const { path: file, contents } of outputFiles) made.set(path.relative('', file), contents)
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs))
    assets.names[path.basename(entryPoint).replace(/\.ts$/, '.js')] = path.basename(file)
  assets.inputs = Object.fromEntries(Object.entries(assets.inputs).sort())
  made.set(list, JSON.stringify(assets.names)).set('dist/assets/made.json', JSON.stringify(assets))
}

/** Reads the sources, not what was built of them last, and notes each as it was read. */
function readSources(build) {
  build.onResolve({ filter: /^#/ }, ({ path: name }) => ({ path: path.resolve('src', name.slice(1)) }))
  build.onLoad({ filter: /./ }, ({ path: file }) => {
    const contents = read(file)
    assets.inputs[path.relative('', file)] = hash(contents)
    return { contents: file.endsWith('.css') ? withValues(contents.toString()) : contents, loader: 'default' }
  })
}

/** A style sheet with the values of the tokens in place of their names: a twelfth less to load before a page can be read. */
function withValues(css) {
  const names = globSync('src/ground/html/css/*.css').flatMap((file) => readOr(file, '').match(/--[\w-]+(?=:)/g) ?? [])
  const isOnce = (name) => names.indexOf(name) === names.lastIndexOf(name)
  const defined = readOr('src/ground/html/css/tokens.css', '').matchAll(/(--[\w-]+):\s*([^;]+);/g)
  const values = new Map([...defined].map(([, name, value]) => [name, value]).filter(([name]) => isOnce(name)))
  const valued = (text) =>
    text.replace(/var\((--[\w-]+)\)/g, (whole, name) => (values.has(name) ? valued(values.get(name)) : whole))
  return valued(css.replace(/(--[\w-]+):[^;]+;/g, (whole, name) => (values.has(name) ? '' : whole)))
}

/** Each file whole or not at all: whoever reads meanwhile finds the old one or the new one. */
function put() {
  const beside = (file) => `${file}.${process.pid}.new`
  for (const [file, text] of made) {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(beside(file), text)
  }
  for (const file of made.keys()) renameSync(beside(file), file)
}

/** What has no source any more, and what a killed build has left. */
function sweep() {
  const hour_ms = 3_600_000
  const belongs = new Set(sources.map(programOf).flatMap((file) => [file, `${file}.map`]))
  for (const name of ['assets.json', 'made.json', ...Object.values(assets.names)]) belongs.add(`dist/assets/${name}`)
  // What another build has moved meanwhile is listed as null.
  for (const entry of globSync('dist/**', { withFileTypes: true }).filter((entry) => entry?.isFile())) {
    const file = path.join(entry.parentPath, entry.name)
    if (belongs.has(file)) continue
    const isOthers = file.endsWith('.new') && Date.now() - statSync(file, { throwIfNoEntry: false })?.mtimeMs < hour_ms
    // Another build may have seen a source that came later.
    const source = file.replace(/^dist\//, '').replace(/\.js(\.map)?$/, '.ts')
    if (isOthers || existsSync(source) || existsSync(`${source}x`)) continue
    rmSync(file, { force: true })
    removeEmpty(path.dirname(file))
  }
}

function removeEmpty(folder) {
  try {
    rmdirSync(folder)
  } catch {
    // There is something in it, or another build was faster.
    return
  }
  removeEmpty(path.dirname(folder))
}

/** `npx noroshi` finds it here. A "bin" in package.json would make npx copy the whole project into its cache first. */
function link() {
  const command = 'node_modules/.bin/noroshi'
  if (existsSync(command)) return
  rmSync(command, { force: true })
  symlinkSync('../../bin/noroshi.js', command)
}
