import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isClosed, isOverdue, mayVerify, proves, states, stepsFrom } from './improvement.ts'

test('every state leads on, what is closed only back to the beginning, and nothing is closed before it is done', () => {
  for (const state of states) {
    assert.ok(!stepsFrom[state].includes(state))
    if (isClosed(state)) assert.deepEqual(stepsFrom[state], ['open'])
  }
  assert.deepEqual(
    states.filter((state) => stepsFrom[state].includes('verified')),
    ['done'],
  )
})

for (const [state, due_on, overdue] of [
  ['open', '2027-01-14', true],
  ['doing', '2027-01-14', true],
  ['done', '2027-01-14', true],
  ['verified', '2027-01-14', false],
  ['dropped', '2027-01-14', false],
  ['doing', '2027-01-15', false],
  ['doing', null, false],
] as const)
  test(`what is ${state} and due on ${due_on} is ${overdue ? '' : 'not '}overdue on 15 January`, () => {
    assert.equal(isOverdue({ state, due_on }, '2027-01-15'), overdue)
  })

const owned = { owner_person_id: 'owner', owner_institution_id: null, due_on: '2027-01-15', done_by: 'doer' }
for (const [id, allowed] of [
  ['owner', false],
  ['doer', false],
  ['another', true],
] as const)
  test(`the ${id} may ${allowed ? '' : 'not '}say that it is proved`, () => {
    assert.equal(mayVerify({ id }, owned), allowed)
  })

test('a text, a file or a record proves; nothing does not', () => {
  const nothing = { evidence: '', evidence_file_id: null, evidence_item_id: null }
  assert.equal(proves(nothing), false)
  for (const one of [{ evidence: 'x' }, { evidence_file_id: 'x' }, { evidence_item_id: 'x' }])
    assert.equal(proves({ ...nothing, ...one }), true)
})
