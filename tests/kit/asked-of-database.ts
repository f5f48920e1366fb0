import pg from 'pg'

/** What the program says to the database while something is done, one text for each time that it waits for an answer. */
export async function askedOfDatabase(work: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...given: [string | { text: string }, ...unknown[]]) {
    const { application_name } = (this as unknown as { connectionParameters: { application_name?: string } })
      .connectionParameters
    const [asked] = given
    // Not the connection that listens, nor what the queue does by itself.
    if (application_name === 'noroshi') said.push(typeof asked === 'string' ? asked : asked.text)
    return Reflect.apply(query, this, given)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return said
}
