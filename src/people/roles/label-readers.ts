import type { Label } from '#ground/db/tables.ts'
import { type Kind, kindNames, labelOf } from '#ground/rights/labels.ts'

/** The kinds of text that carry this label. */
export const kindsUnder = (label: Label): Kind[] => kindNames.filter((kind) => labelOf[kind] === label)
