/**
 * Whom an envelope's sender stands for, where mail servers have written something around it: their own server against false bounces
 * (BATV), or ours when it passes on what it has taken and checked (SRS). What others rewrote says only who rewrote it. Pure.
 */
export function trueSender(envelope_from: string, our_host: string): { address: string } | { rewritten: 'by_us' } {
  const [, local = '', host = ''] = /^(.*)@([^@]+)$/.exec(envelope_from) ?? []
  const [, tagged] = /^(?:prvs=[0-9a-z]{10}|btv1==[0-9a-z]+=)=(.+)$/i.exec(local) ?? []
  if (tagged) return { address: `${tagged}@${host}` }
  const is_ours = `.${host.toLowerCase()}`.endsWith(`.${our_host.toLowerCase()}`)
  if (!is_ours) return { address: envelope_from }
  // SRS0=hash=day=domain=local; SRS1=hash=forwarder==hash=day=domain=local, passed on twice.
  const [, domain, name] = /^SRS(?:0|1[=+-][^=]+=[^=]+=)[=+-][^=]+=[^=]+=([^=]+)=(.+)$/i.exec(local) ?? []
  if (domain && name) return { address: `${name}@${domain}` }
  // As one widespread service writes it, the sender cannot be read back.
  return /^[^+]+\+SRS=[^=]+=[^=]+$/i.test(local) ? { rewritten: 'by_us' } : { address: envelope_from }
}
