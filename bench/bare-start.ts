// The least that a start must be: node, the PostgreSQL of the data folder, one query, one answer over HTTP.
import { createServer } from 'node:http'
import { Client } from 'pg'
import { openEmbedded } from '#ground/db/embedded.ts'

const server = await openEmbedded(process.env.NOROSHI_DATA ?? '')
const client = new Client({ connectionString: server.url('noroshi') })
await client.connect()
await client.query('select 1')
await client.end()
const http = createServer((_request, response) => response.end('here')).listen(Number(process.env.PORT), '127.0.0.1')
process.once('SIGTERM', async () => {
  http.close()
  http.closeAllConnections()
  await server.close()
})
