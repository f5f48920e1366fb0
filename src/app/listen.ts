import type { Server } from 'node:http'
import { NotConfigured } from '#ground/config/config.ts'

/** Takes connections at this address; the port, which the system chooses where 0 is asked for. */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new NotConfigured(
              `Port ${port} on ${host} is in use, perhaps by another Noroshi. Choose another one, e.g. PORT=${port + 1}`,
            )
          : error.code === 'EACCES'
            ? new NotConfigured(`Port ${port} needs special rights. Choose one above 1024, e.g. PORT=3000`)
            : error,
      ),
    )
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}
