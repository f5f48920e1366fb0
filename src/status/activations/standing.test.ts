import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeStep, type Refused, type Standing, type Step, stateAt } from './standing.ts'

const at = (time: string) => new Date(`2027-01-15T${time}:00+09:00`)
const word = (step: Step, decided: string, effective = decided): Standing & { step: Step } => ({
  step,
  decided_at: at(decided),
  effective_at: at(effective),
})
const activated = word('activated', '10:00', '12:00')
const lifted = word('lifted', '11:00', '13:00')

test('a step follows the last word only if it is newer, decided by now, and not what stands already', () => {
  const cases: [string, Standing | undefined, Standing & { step: Step }, Refused | null][] = [
    ['the first activation', undefined, word('activated', '10:00'), null],
    ['decided a moment ahead of our clock', undefined, word('activated', '15:01'), null],
    ['decided in the future', undefined, word('activated', '15:02'), 'future'],
    ['to hold from a later time', undefined, word('activated', '10:00', '18:00'), null],
    ['to hold from before the decision', undefined, word('activated', '10:00', '09:59'), 'before_decision'],
    ['a lifting of what was never activated', undefined, word('lifted', '10:00'), 'not_activated'],
    ['a lifting of what is lifted', lifted, word('lifted', '14:00'), 'not_activated'],
    ['a second activation', activated, word('activated', '14:00'), 'already'],
    ['a lifting', activated, word('lifted', '14:00'), null],
    ['a lifting in the moment of the activation', activated, word('lifted', '10:00', '12:00'), null],
    ['a lifting decided before the activation', activated, word('lifted', '09:59', '14:00'), 'older'],
    ['a lifting from before the activation begins', activated, word('lifted', '11:00', '11:59'), 'before_began'],
    ['a new activation after the lifting', lifted, word('activated', '14:00'), null],
    ['a new activation from before the lifting holds', lifted, word('activated', '12:00', '12:30'), 'overtakes'],
  ]
  for (const [name, last, step, refused] of cases) assert.equal(judgeStep(last, step, at('15:00')), refused, name)
})

test('what is decided for later is not so yet, and is said beside what is', () => {
  const standing = [lifted, activated]
  const states = ['11:30', '12:00', '12:30', '13:00'].map((time) => {
    const { state, last, coming } = stateAt(standing, at(time))
    return [time, state, last?.effective_at.getTime() ?? null, coming.map(({ step }) => step)]
  })
  const [begins, ends] = [at('12:00').getTime(), at('13:00').getTime()]
  assert.deepEqual(states, [
    ['11:30', 'not_activated', null, ['activated', 'lifted']],
    ['12:00', 'activated', begins, ['lifted']],
    ['12:30', 'activated', begins, ['lifted']],
    ['13:00', 'lifted', ends, []],
  ])
  assert.deepEqual(stateAt([], at('12:00')), { state: 'not_activated', last: null, coming: [] })
})
