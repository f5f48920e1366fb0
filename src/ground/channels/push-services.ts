import type { Config } from '#ground/config/config.ts'
import { isLoopback } from './safe-address.ts'

const endpoint_length_max = 1000

/** Whether an endpoint is one of a push service that the market knows. Whoever subscribes names it, so it is not believed. */
export function isPushEndpoint(endpoint: string, { push_services }: Pick<Config, 'push_services'>): boolean {
  const url = URL.parse(endpoint)
  if (!url || endpoint.length > endpoint_length_max || url.href !== endpoint || url.username || url.password)
    return false
  if (isLoopback(url.hostname)) return push_services.includes('localhost') && /^https?:$/.test(url.protocol)
  return url.protocol === 'https:' && url.port === '' && push_services.some((service) => fits(url.hostname, service))
}

const fits = (host: string, service: string) =>
  service.startsWith('*.') ? host.endsWith(service.slice(1)) && host !== service.slice(2) : host === service
