import type { Snapshot } from './snapshot.ts'

/** Who speaks, in CAP and in feed ids. A drill has another sender than the real thing (N-8). */
export function senderOf(origin: string, mode: Snapshot['mode']): string {
  const host = new URL(origin).hostname.replaceAll(/[^a-z0-9.-]/g, '-').replaceAll(/^-+|-+$/g, '')
  return `${mode === 'actual' ? 'noroshi' : `noroshi-${mode}`}@${host}`
}
