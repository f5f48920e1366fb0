import type { ColumnType, JSONColumnType } from 'kysely'

export type Instant = ColumnType<Date, Date, Date>
export type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>
export type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>
export type Json = JSONColumnType<Record<string, unknown>>

/** Real, drill or test. Never mixed: the database refuses it. */
export type Mode = 'actual' | 'exercise' | 'test'
