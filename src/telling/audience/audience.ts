import { z } from 'zod'
import { kinds } from '#directory/institutions/index.ts'
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
 * holds for it, and it is not in `without`. Kept as JSON with the notice; who that is, is stamped at release.
 */
export const Audience = z.object({
  everyone: z.boolean(),
  kinds: several(z.enum(kinds)),
  markets: several(z.enum(markets)),
  bodies: several(z.enum(bodies)),
  /** Areas (細分区域, 3 digits) in which an institution has a site. */
  areas: several(z.string().refine((area) => areaByCode.has(area))),
  /** Ids of saved groups. Each brings the institutions that it stands for at that moment, less its own `without`. */
  groups: several(z.uuid()),
  /** Codes of single institutions: a code is never changed, and reads well in the trail. */
  institutions: several(code),
  /** Codes of institutions that are not meant, whatever else says that they are. */
  without: several(code),
})
export type Audience = z.output<typeof Audience>

export const nobody: Audience = {
  everyone: false,
  kinds: [],
  markets: [],
  bodies: [],
  areas: [],
  groups: [],
  institutions: [],
  without: [],
}

/** An audience as JSON has kept it: a list that is not in it is empty. */
export const keptAudience = (kept: unknown): Audience => ({ ...nobody, ...(kept as Partial<Audience>) })

/** Whether it names anyone at all; who is left out does not count. */
export const namesSomeone = ({ everyone, without: _without, ...lists }: Audience): boolean =>
  everyone || Object.values(lists).some((list) => list.length > 0)
