import type { ColumnType, JSONColumnType } from 'kysely'

export type Instant = ColumnType<Date, Date, Date>
export type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>
export type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>
export type MaybeBytes = ColumnType<Buffer | null, Uint8Array | null | undefined, Uint8Array | null>
/** JSON that is read as an object and written as text. */
export type Json = JSONColumnType<Record<string, unknown>>

/** Real, drill or test. Never mixed: the database refuses it. */
export type Mode = 'actual' | 'exercise' | 'test'
/** JSON that is read as T and written as text. */
export type JsonOf<T> = ColumnType<T, string, string>
/** Written once, never changed. */
export type Once<T> = ColumnType<T, T, never>

/** TLP 2.0 (FIRST), strictest first. */
export type Label = 'red' | 'amber_strict' | 'amber' | 'green' | 'clear'
