import { z } from 'zod'
import { bcpStates, conditions, functionCodes, markets } from '#ground/market/words.ts'

export const modes = ['actual', 'exercise', 'test'] as const
export const hazards = [
  'earthquake',
  'tsunami',
  'weather',
  'volcano',
  'terror',
  'system_failure',
  'cyber',
  'epidemic',
  'other',
] as const

/** A situation without a command centre gathers information; one that was dissolved is followed on. */
export const commandCentres = ['none', 'set_up', 'dissolved'] as const

/** How many publications stay readable as CAP files and feed entries. */
export const messages_max = 200
/** How long a closed situation stays on the public page. */
export const closed_kept_days = 30

const Instant = z.iso.datetime()
/** RFC 3339 with a numeric offset; CAP 1.2 refuses `Z`. */
const Offset = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
/** Also a file name and part of `references`, so nothing that separates either. */
const Identifier = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)

const count = z.number().int().min(0)

const FunctionState = z.object({
  market: z.enum(markets),
  function_code: z.enum(functionCodes),
  condition: z.enum(conditions),
  as_of: Instant,
  /** From here on the condition is unknown, whatever was said before (N-4). */
  expires_at: Instant,
  /** Whose word it is, by name: of those alone that were chosen to be named; empty when none was. */
  source_ja: z.string(),
  source_en: z.string(),
  /** Of how many of the institutions that have the function in the market (`total`) it is true; 0 where nobody counted. */
  concerned: count.default(0),
  total: count.default(0),
})

/** An institution that has reported and has no function of the market stands neither well nor badly. */
export const no_functions = 'no_functions'

const InstitutionState = z.object({
  name_ja: z.string(),
  name_en: z.string(),
  kind_ja: z.string(),
  kind_en: z.string(),
  condition: z.enum([...conditions, no_functions]),
  bcp: z.enum([...bcpStates, 'unknown']),
  as_of: Instant,
  expires_at: Instant,
  resumption_at: Instant.nullable(),
  /** When what runs on the alternative is expected back on what it usually runs on. */
  normal_at: Instant.nullable().default(null),
})

/** The last word about a market's BCP when it was published, by the market's code and name. */
const ActivationState = z.object({
  market: z.string().regex(/^[a-z][a-z_]{0,39}$/),
  market_ja: z.string(),
  market_en: z.string(),
  step: z.enum(['not_activated', 'activated', 'lifted']),
  /** Whose decision it was; empty while there is none. */
  body_ja: z.string(),
  body_en: z.string(),
  decided_at: Instant.nullable(),
  /** From when it holds. */
  effective_at: Instant.nullable(),
})

export const PublicSituation = z.object({
  id: z.uuid(),
  mode: z.enum(modes),
  hazard: z.enum(hazards),
  title_ja: z.string(),
  title_en: z.string(),
  text_ja: z.string(),
  text_en: z.string(),
  event_at: Instant,
  opened_at: Instant,
  /** Whether there is a command centre, as of the publication; since when that is so. What was published before this was told always had one. */
  command_centre: z.enum(commandCentres).default('set_up'),
  command_centre_at: Instant.nullable().default(null),
  updated_at: Instant,
  closed_at: Instant.nullable(),
  closing_ja: z.string().nullable(),
  closing_en: z.string().nullable(),
  /** When what is said now took the place of something wrong; null when it did not. */
  corrected_at: Instant.nullable().default(null),
  functions: z.array(FunctionState),
  institutions: z.array(InstitutionState),
  activations: z.array(ActivationState).default([]),
  participants: z
    .object({
      asked: count,
      reported: count,
      normal: count,
      alternative: count.default(0),
      partial: count,
      stopped: count,
      unknown: count,
      no_functions: count.default(0),
    })
    .nullable(),
  next_update_at: Instant.nullable(),
  /** What was said before, newest first.  */
  earlier: z.array(
    z.object({
      number: count,
      published_at: Instant,
      text_ja: z.string(),
      text_en: z.string(),
      /** When it was corrected; null for what was true in its time. */
      corrected_at: Instant.nullable(),
    }),
  ),
})

const CapMessage = z.object({
  number: z.number().int().min(1),
  situation_id: z.uuid(),
  cap_kind: z.enum(['Alert', 'Update', 'Cancel']),
  identifier: Identifier,
  /** Stamped when published, because later messages refer to it by this name. */
  sender: z.string().regex(/^[^\s,<&]+$/),
  sent: Offset,
  expires: Offset,
  /** `sender,identifier,sent` of the earlier messages, separated by spaces; empty for an Alert. */
  references: z.string(),
  hazard: z.enum(hazards),
  command_centre: z.enum(commandCentres).default('set_up'),
  title_ja: z.string(),
  title_en: z.string(),
  text_ja: z.string(),
  text_en: z.string(),
  event_at: Instant,
  functions: z.array(
    FunctionState.extend({
      /** Of what had expired when the message was made: what it was when it was last said. */
      last_condition: z.enum(conditions).nullable().default(null),
    }),
  ),
  activations: z.array(ActivationState).default([]),
  /** The messages whose words it puts right; empty for what is no correction. */
  corrects: z.array(Identifier).default([]),
  /** When and by which message its words were put right; null while they stand. */
  corrected: z.object({ at: Instant, by: Identifier }).nullable().default(null),
})

/** The whole public picture of one mode. Everything in it is public. */
export const Snapshot = z.object({
  mode: z.enum(modes),
  /** Number of the publication; 0 when nothing has been published. */
  number: count,
  published_at: Instant,
  situations: z.array(PublicSituation),
  messages: z.array(CapMessage),
})

export type Snapshot = z.infer<typeof Snapshot>
export type PublicSituation = z.infer<typeof PublicSituation>
export type FunctionState = z.infer<typeof FunctionState>
export type InstitutionState = z.infer<typeof InstitutionState>
export type ActivationState = z.infer<typeof ActivationState>
export type CapMessage = z.infer<typeof CapMessage>

export const emptySnapshot = (mode: Snapshot['mode']): Snapshot => ({
  mode,
  number: 0,
  published_at: new Date(0).toISOString(),
  situations: [],
  messages: [],
})
