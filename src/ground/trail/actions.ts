import { inBoth } from '#ground/html/language.ts'
import { accessActions } from './actions/access.ts'
import { askingActions } from './actions/asking.ts'
import { commandCentreActions } from './actions/command-centre.ts'
import { deliveryActions } from './actions/delivery.ts'
import { demoActions } from './actions/demo.ts'
import { directoryActions } from './actions/directory.ts'
import { forumActions } from './actions/forum.ts'
import { groundActions } from './actions/ground.ts'
import { hazardsActions } from './actions/hazards.ts'
import { libraryActions } from './actions/library.ts'
import { peopleActions } from './actions/people.ts'
import { publicActions } from './actions/public.ts'
import { rostersActions } from './actions/rosters.ts'
import { statusActions } from './actions/status.ts'
import { tellingActions } from './actions/telling.ts'

/** Everything that leaves a line in the audit trail, with its words: one line for each, in the file of its wing. */
const actions = {
  ...groundActions,
  ...accessActions,
  ...libraryActions,
  ...directoryActions,
  ...peopleActions,
  ...forumActions,
  ...hazardsActions,
  ...deliveryActions,
  ...tellingActions,
  ...rostersActions,
  ...statusActions,
  ...askingActions,
  ...publicActions,
  ...demoActions,
  ...commandCentreActions,
}

export type Action = keyof typeof actions
export const actionNames = Object.keys(actions) as Action[]

const said = (place: 0 | 1) =>
  Object.fromEntries(actionNames.map((name) => [name, actions[name][place]])) as Record<Action, string>

/** Every action in words that an auditor reads. */
export const actionWords = inBoth({ ja: said(0), en: said(1) })

/** What nobody should read past: shown in red, unless it was a drill. */
export const graveActions: ReadonlySet<Action> = new Set<Action>([
  'break-glass.used',
  'break-glass.refused',
  'notice.released-by-one',
])
