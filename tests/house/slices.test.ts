import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { root } from '#ground/config/root.ts'
import { jobNames } from '#ground/jobs/jobs.ts'
import { itemKinds } from '#ground/register/kinds.ts'
import { acts } from '#ground/rights/may.ts'
import { settingNames, storedName } from '#ground/settings/settings.ts'
import { type TestDatabase, testDatabase } from '../kit/database.ts'
import { stands } from '../kit/stands.ts'
import { program } from './imports.ts'
import { plan, wings } from './plan.ts'

const read = (file: string) => readFileSync(new URL(file, root), 'utf8')

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(() => database.close())

const slices = wings.flatMap((wing) => (plan.get(wing) ?? []).map((slice) => [wing, slice] as const))

test('the documents have a word for every slice', () => {
  const said = `${read('docs/words.md')}${read('docs/specification.md')}`.toLowerCase()
  // The ground is no slice: it is what they stand on.
  const names = slices.filter(([wing]) => wing !== 'ground').map(([, slice]) => slice)
  const isSaid = (name: string) => name.split('-').every((word) => said.includes(word.replace(/s$/, '')))
  stands(names, names.filter(isSaid), 'docs/words.md or docs/specification.md: say what it is, in the field’s words.')
})

/** What everyone does for their own institution only, though a rule asks with `reader_may_in`. */
const own_only: Record<string, string> = {
  'attestation.answer': 'nobody confirms the entry of another institution',
}
/** Acts that decide about a page or a form only: why no row hangs on them. */
const acts_without_rows: Record<string, string> = {
  'criteria.see': 'the criteria themselves are no secret from anyone who is signed in',
  'directory.export': 'a copy holds what its reader may see of the directory anyway',
  'operating-status.see': 'the window for members names it by itself: it looks as the program does',
  'trail.export': 'a copy holds lines that its reader may read on the page',
  'publication.see': 'what was published everyone sees on the public page',
}

test('the acts that the database’s rules name are those of the table of rights', async () => {
  const { rows } = await sql<{ rule: string }>`
    select concat_ws(' ', qual, with_check) as rule from pg_policies where schemaname = 'public'
    union all select prosrc from pg_proc where pronamespace = 'public'::regnamespace
    union all select definition from pg_views where schemaname = 'public'`.execute(database.db)
  const rules = rows.map(({ rule }) => rule).join('\n')
  const named = [...rules.matchAll(/reader_may\('([^']+)'/g)].map(([, act = '']) => act)
  const inOwn = [...rules.matchAll(/reader_may_in\('([^']+)'/g)].map(([, act = '']) => act)
  assert.ok(named.length > 50 && inOwn.length > 10)
  const known: readonly string[] = acts
  // Of registers the rules make the act of the kind; an own one is there once an institution keeps that kind for itself.
  const verbs = [...rules.matchAll(/reader_may_(?:of|at)\((?:\w+, )?'(\w+)'/g)].map(([, verb = '']) => verb)
  assert.ok(verbs.length > 10)
  const ofRegisters = itemKinds.flatMap((kind) => verbs.map((verb) => `${kind}.${verb}`))
  const ownOfRegisters = ofRegisters.map((act) => `${act}-own`).filter((act) => known.includes(act))
  const meant = [
    ...ofRegisters,
    ...ownOfRegisters,
    ...named,
    ...inOwn.filter((act) => !(act in own_only)),
    ...inOwn.map((act) => `${act}-own`),
  ]
  assert.deepEqual(
    meant.filter((act) => !known.includes(act)),
    [],
    'a rule of the database names an act that nobody may do: migrations/, and src/ground/rights/may.ts',
  )
  const without = known.filter((act) => !meant.includes(act))
  const where =
    'A rule in migrations/ names it, or `acts_without_rows` in tests/house/slices.test.ts says why none does.'
  stands(without, Object.keys(acts_without_rows), where)
})

test('every act decides something: a page, a form, a menu or an action asks for it', () => {
  const asking = program.filter(([file]) => !/^src\/ground\/rights\/may|act-groups\.ts$/.test(file))
  const text = asking.map(([, each]) => each).join('\n')
  // Of things of a register by the kind of each: mayOf(person, 'edit', item).
  const verbs = [...text.matchAll(/\bm(?:ay|ust)Of\(\w+, '(\w+)', item\)/g)].map(([, verb]) => verb)
  const ofRegisters = itemKinds.flatMap((kind) => verbs.map((verb) => `${kind}.${verb}`))
  const isAsked = (act: string) =>
    ofRegisters.includes(act.replace(/-own$/, '')) ||
    text.includes(`'${act}'`) ||
    text.includes(`'${act.replace(/-own$/, '')}'`)
  const where =
    'src/ground/rights/may.ts names it and nothing asks for it: auditors read of a right that decides nothing.'
  stands(acts, acts.filter(isAsked), where)
})

test('what a page says stands in its texts, in both languages, and not between its tags', () => {
  const japanese = '[\\u3041-\\u3096\\u30a1-\\u30fa\\u3400-\\u9fff]'
  const inTags = new RegExp(`>[^<>{}'"\`;=]*${japanese}[^<>{}'"\`;]*<|\\s[\\w-]+="[^"]*${japanese}[^"]*"`)
  const english = />[^<>{}`';=()]*[A-Za-z]{3,} [a-z]{2,}[^<>{}`';=()]*<\//
  const found = program
    .filter(([file, text]) => file.endsWith('.tsx') && (inTags.test(text) || english.test(text)))
    .map(([file]) => file)
  assert.deepEqual(found, [], 'move the words into the texts of the page: inBoth({ ja, en })')
  assert.match('<h1>計画停止</h1>', inTags)
  assert.match('<Field label="理由" />', inTags)
  assert.match('<p>Nothing is planned</p>', english)
  assert.doesNotMatch("const texts = inBoth({ ja: { title: '計画停止' } })\nreturn <h1>{title}</h1>", inTags)
})

/** Who asks the machine's clock and not the one that is handed to everyone: why. The browser's scripts have no other. */
const own_clock: Record<string, string> = {
  'src/access/sign-in/app-codes.ts': 'the library has just judged the code by this clock',
  'src/app/serve.ts': 'hands the clock to everyone',
  'src/app/until-stopped.ts': 'tells one press of Ctrl-C from two',
  'src/app/who-asks.ts': 'the last end of a session is its cookie’s, which the browser keeps',
  'src/demo/mail-server.ts': 'is started on its own, too',
  'src/ground/db/embedded-initdb.ts': 'waits for another program',
  'src/ground/db/embedded-postmaster.ts': 'waits for another program',
  'src/ground/db/embedded-start.ts': 'waits for another program',
  'src/ground/db/embedded.ts': 'waits for another program',
  'src/public/site/files.ts': 'the age of files',
}

test('time is an argument: only these files ask the machine what time it is', () => {
  const asking = program.filter(
    ([file, text]) => !file.startsWith('src/client/') && /new Date\(\)|Date\.now\(\)/.test(text),
  )
  stands(
    asking.map(([file]) => file),
    Object.keys(own_clock),
    'Take `clock` from the tools or a time as an argument; or say why not in `own_clock` of tests/house/slices.test.ts.',
  )
})

test('no job and no setting has a name twice', () => {
  // Topics are the keys of one object, which cannot hold one twice.
  for (const names of [jobNames, settingNames.map(storedName)])
    assert.deepEqual(
      names.filter((name, index) => (names as readonly string[]).indexOf(name) !== index),
      [],
    )
})
