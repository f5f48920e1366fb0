/**
 * The house from the ground up: each wing imports only from those before it, and inside a wing each slice only from those
 * before it. The ground and `app`, which puts the program together, are imported file by file,
 * every other slice by its index.
 */
export const plan = {
  ground: [
    'config',
    'db',
    'settings',
    'rights',
    'jobs',
    'mail',
    'auth',
    'html',
    'market',
    'tools',
    'lists',
    'live',
    'trail',
    'letters',
    'channels',
  ],
  client: [],
  access: ['sign-in', 'account', 'sessions', 'sso'],
  library: ['official-notices'],
  directory: ['contacts', 'institutions', 'exchange', 'attestation', 'roster', 'search'],
  people: ['invitations', 'roles', 'break-glass'],
  hazards: ['telegrams', 'proposals'],
  delivery: ['push', 'deliveries', 'answers'],
  telling: ['templates', 'ladders', 'audience', 'notices', 'inbox'],
  status: ['situations', 'reports', 'board'],
  asking: ['replies', 'calls', 'rounds', 'mail-intake'],
  public: ['site', 'publication'],
  demo: [],
  'command-centre': ['workspace', 'pack'],
  app: [],
  simulate: [],
  bin: [],
} as const satisfies Record<string, readonly string[]>

export type Wing = keyof typeof plan
export const wings = Object.keys(plan) as Wing[]

/** The slices of a wing by their place below src, such as `status/board`; a wing without slices is one itself. */
export const slicesOf = (wing: Wing): string[] =>
  plan[wing].length > 0 ? plan[wing].map((slice) => `${wing}/${slice}`) : [wing]

/** The wing that a file of the program stands in. */
export const wingOf = (file: string): string => file.split('/')[file.startsWith('src/') ? 1 : 0] ?? ''

/** The slice that a file stands in, such as `status/board`; a wing without slices is one itself. */
export function sliceOf(file: string): string {
  const [wing, slice] = [wingOf(file), file.split('/')[2]]
  return (plan[wing as Wing] as readonly string[] | undefined)?.length ? `${wing}/${slice}` : wing
}
