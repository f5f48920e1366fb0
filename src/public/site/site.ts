/** Files of the public page by the path under which they are found, with their media type. */
export type Site = Map<string, { body: Buffer; type: string }>
