import { inBoth } from '#ground/html/language.ts'
import { accessActions } from './actions/access.ts'
import { askingActions } from './actions/asking.ts'
import { commandCentreActions } from './actions/command-centre.ts'
import { deliveryActions } from './actions/delivery.ts'
import { directoryActions } from './actions/directory.ts'
import { forumActions } from './actions/forum.ts'
import { hazardsActions } from './actions/hazards.ts'
import { libraryActions } from './actions/library.ts'
import { peopleActions } from './actions/people.ts'
import { publicActions } from './actions/public.ts'
import { rostersActions } from './actions/rosters.ts'
import { statusActions } from './actions/status.ts'
import { tellingActions } from './actions/telling.ts'
import { type Action, actionNames } from './actions.ts'

const wings = {
  situations: [statusActions, commandCentreActions],
  hazards: [hazardsActions],
  notices: [tellingActions, deliveryActions],
  asking: [askingActions],
  publication: [publicActions],
  directory: [directoryActions, rostersActions],
  people: [peopleActions],
  access: [accessActions],
  registers: [libraryActions, forumActions],
}

export const actionGroups = [...(Object.keys(wings) as (keyof typeof wings)[]), 'program'] as const
export type ActionGroup = (typeof actionGroups)[number]

const named = new Map(
  Object.entries(wings).map(([group, actions]) => [group, actions.flatMap((each) => Object.keys(each)) as Action[]]),
)
const inGroups = new Set([...named.values()].flat())

/** The actions of a group; what no other has, the program's own among them, stands in the last. */
export const actionsOf = (group: ActionGroup): Action[] =>
  named.get(group) ?? actionNames.filter((action) => !inGroups.has(action))

export const groupWords = inBoth<Record<ActionGroup, string>>({
  ja: {
    situations: '事案・報告・持ち出し資料',
    hazards: '電文・提案・設置基準',
    notices: '通知・配信',
    asking: '状況照会・返信・電話',
    publication: '公表',
    directory: '名簿・連絡先',
    people: '利用者・役割',
    access: 'サインイン・本人確認',
    registers: '通達等・改善事項',
    program: '設定・送信・拒否・その他',
  },
  en: {
    situations: 'Situations, reports, offline packs',
    hazards: 'Telegrams, proposals, criteria',
    notices: 'Notices and deliveries',
    asking: 'Rounds, replies, calls',
    publication: 'Publications',
    directory: 'Directory and contacts',
    people: 'People and roles',
    access: 'Signing in and confirming',
    registers: 'Official notices, improvements',
    program: 'Settings, sending, refusals, others',
  },
})
