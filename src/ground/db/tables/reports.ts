import type { ColumnType, Generated } from 'kysely'
import type { Instant, Label, MaybeInstant, Mode } from '../columns.ts'
import type { Via } from './answers.ts'

export type Condition = 'normal' | 'alternative' | 'partial' | 'stopped' | 'resumed' | 'unknown'
export type Alternative = 'second_centre' | 'alternate_office' | 'by_hand' | 'other'
export type Damage = 'none' | 'partial' | 'severe' | 'unknown'

declare module '../tables.ts' {
  /** How each institution says that it stands. */
  interface Tables {
    report: {
      id: Generated<string>
      label: Generated<Label>
      institution_id: string
      situation_id: string | null
      mode: Mode
      supersedes: string | null
      order_trading: Condition | null
      clearing: Condition | null
      settlement: Condition | null
      custody: Condition | null
      market_data: Condition | null
      funds: Condition | null
      damage_building: Damage
      damage_systems: Damage
      damage_staff: Damage
      damage_external: Damage
      bcp: 'not_activated' | 'preparing' | 'activated' | 'lifted' | 'unknown'
      command_centre: 'not_set_up' | 'set_up' | 'unknown'
      resumption_at: MaybeInstant
      /** What stands in for what its functions usually run on; null: none of them is on an alternative, or it was not said. */
      alternative_from: ColumnType<Alternative | null, Alternative | null | undefined, never>
      alternative_other: Generated<string>
      normal_at: ColumnType<Date | null, Date | null | undefined, never>
      text: string
      next_update_at: Instant
      /** Null: it came by mail or SMS, from the one whom recipient_id names. */
      reported_by: string | null
      via: Generated<Via>
      recipient_id: string | null
      is_on_behalf: Generated<boolean>
      reported_at: Instant
      /** When it was written, if it had to wait for a connection. */
      written_at: MaybeInstant
      idempotency_key: string
      /** The report that this one takes back by saying again what stood before it. */
      takes_back: ColumnType<string | null, string | null | undefined, never>
      taken_back_at: ColumnType<Date | null, Date | null | undefined, never>
      /** Nothing stood before what it takes back: the institution has said nothing. */
      is_void: ColumnType<boolean, boolean | undefined, never>
    }
    /** What each institution says now: the end of each chain. */
    report_now: Tables['report']
  }
}
