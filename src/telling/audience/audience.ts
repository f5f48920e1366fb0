import { z } from 'zod'
import { kinds, memberships } from '#directory/institutions/index.ts'
import { areaByCode } from '#ground/market/areas.ts'
import { markets } from '#ground/market/words.ts'

/** Bodies whose members can be addressed together: everyone's institution that has a person in that role. */
export const bodies = ['council', 'command_centre', 'authorities'] as const
export type Body = (typeof bodies)[number]

/** No form has room for more single institutions, and no market that this is for has more. */
const choices_max = 5000
const several = <T extends z.ZodType<string>>(of: T) =>
  z
    .array(of)
    .max(choices_max)
    .transform((found) => [...new Set(found)])
const code = z.string().regex(/^[0-9A-Z-]{2,20}$/)

/**
 * Whom a notice is for, as somebody said it. An institution belongs to it when it is active and `everyone` is true, or any of the lists
 * holds for it; when it is of such a kind and class as `only_kinds` and `only_memberships` say, if they say any; and when it is not in
 * `without`. Kept as JSON with the notice; who that is, is stamped at release.
 */
export const Audience = z.object({
  everyone: z.boolean(),
  kinds: several(z.enum(kinds)),
  markets: several(z.enum(markets)),
  bodies: several(z.enum(bodies)),
  /** Classes of membership (会員区分). */
  memberships: several(z.enum(memberships)).default([]),
  /** Codes of district associations. */
  districts: several(code).default([]),
  /** Codes of the authorities that supervise. */
  supervisors: several(code).default([]),
  /** Areas (細分区域, 3 digits) in which an institution has a site. */
  areas: several(z.string().refine((area) => areaByCode.has(area))),
  /** Ids of saved groups. Each brings the institutions that it stands for at that moment, less its own `without`. */
  groups: several(z.uuid()),
  /** Codes of single institutions: a code is never changed, and reads well in the trail. */
  institutions: several(code),
  /** Where one of these is not empty, only institutions of such a kind, of such a class are meant, whatever else holds for them. */
  only_kinds: several(z.enum(kinds)).default([]),
  only_memberships: several(z.enum(memberships)).default([]),
  /** Codes of institutions that are not meant, whatever else says that they are. */
  without: several(code),
})
export type Audience = z.output<typeof Audience>

export const nobody: Audience = {
  everyone: false,
  kinds: [],
  markets: [],
  bodies: [],
  memberships: [],
  districts: [],
  supervisors: [],
  areas: [],
  groups: [],
  institutions: [],
  only_kinds: [],
  only_memberships: [],
  without: [],
}

/** An audience as JSON has kept it: a list that is not in it is empty. */
export const keptAudience = (kept: unknown): Audience => ({ ...nobody, ...(kept as Partial<Audience>) })

/** The lists that take away from an audience, and add nobody. */
const narrowing: readonly string[] = ['without', 'only_kinds', 'only_memberships']

/** Whether it names anyone at all; who is left out does not count. */
export const namesSomeone = ({ everyone, ...lists }: Audience): boolean =>
  everyone || Object.entries(lists).some(([name, list]) => !narrowing.includes(name) && list.length > 0)
