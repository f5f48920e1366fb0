/** One promise and what was measured of it. */
export type Figure = { name: string; value: string; limit: string; isKept: boolean }
