import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelWords, readerNames, whoMay } from '#ground/html/label.tsx'
import { labels, mayRead } from './labels.ts'
import { acts, rolesOf } from './may.ts'
import { roles } from './person.ts'

/** The secretariat stands for its approvers where both may. */
const isNamed = (language: 'ja' | 'en', words: string, role: (typeof roles)[number]) =>
  words.includes(
    readerNames[language][
      role === 'secretariat_approver' && !words.includes(readerNames[language][role]) ? 'secretariat' : role
    ],
  )

for (const label of labels)
  for (const language of ['ja', 'en'] as const)
    test(`S0-30 the words of the label ${label} in ${language} name the roles that it lets read, and no other`, () => {
      const words = labelWords[language][label]
      const readers = roles.filter((role) =>
        mayRead({ id: '', name_ja: '', name_en: null, institution_id: 'a', roles: [role] }, label, 'b'),
      )
      if (readers.length === roles.length) {
        for (const role of roles) assert.ok(!words.includes(readerNames[language][role]), words)
        return
      }
      assert.deepEqual(
        roles.filter((role) => isNamed(language, words, role)),
        readers,
        words,
      )
    })

test('who may do something is said in the roles that may', () => {
  assert.equal(whoMay.ja('board.see-all'), '事務局・対策本部・金融庁・財務局・日本銀行・監査')
  assert.equal(whoMay.en('board.see-all'), 'the secretariat, the command centre, the authorities and the auditors')
  for (const act of acts)
    for (const role of rolesOf(act)) assert.ok(isNamed('ja', whoMay.ja(act), role), `${act} ${role}`)
})
