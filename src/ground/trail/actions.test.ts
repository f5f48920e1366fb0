import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'
import { actionNames } from './actions.ts'
import { actionGroups, actionsOf } from './groups.ts'

test('each action of the trail stands in one line of one wing, with its words', () => {
  const folder = 'src/ground/trail/actions/'
  const lines = globSync(`${folder}*.ts`, { cwd: fileURLToPath(root) })
    .map((file) => readFileSync(new URL(file, root), 'utf8'))
    .flatMap((text) => [...text.matchAll(/^ {2}'([\w.-]+)': \[/gm)].map(([, name]) => name))
  assert.deepEqual(
    lines.sort(),
    [...actionNames].sort(),
    `${folder}: an action twice, or a file that actions.ts forgets`,
  )
})

test('each action is in one group that a reader of the trail can ask for', () => {
  assert.deepEqual(actionGroups.flatMap(actionsOf).sort(), [...actionNames].sort())
  for (const group of actionGroups) assert.ok(actionsOf(group).length > 0, group)
})
