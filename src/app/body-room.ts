import { form_bytes_max } from './body-limits.ts'

/** So little of every body counts for nothing, so that whoever fills the room keeps nobody from signing in or reporting. */
const free_bytes = 16 * 1024

export type RoomLimits = {
  /** Bytes of forms being taken from people who are not signed in, from all together. */
  nobody_bytes_max: number
  /** The same, of people who are. */
  signed_in_bytes_max: number
  /** Bodies with files, from everyone, and from one person. */
  large_max: number
  large_of_one_max: number
}

const usual: RoomLimits = {
  nobody_bytes_max: 32 * 1024 * 1024,
  signed_in_bytes_max: 64 * 1024 * 1024,
  large_max: 8,
  large_of_one_max: 2,
}

/** How much of what people send is in memory at once, whatever they send and however slowly. */
export function openRoom(limits: Partial<RoomLimits> = {}) {
  const { nobody_bytes_max, signed_in_bytes_max, large_max, large_of_one_max } = { ...usual, ...limits }
  const bytes = { nobody: 0, signed_in: 0 }
  const large = new Map<string, number>()
  const sum = () => [...large.values()].reduce((all, of_one) => all + of_one, 0)

  /** The room of one body: `grow` says whether it may have so many bytes, `leave` gives them back. */
  return function enter(person_id: string | null) {
    const kind = person_id ? 'signed_in' : 'nobody'
    const bytes_max = person_id ? signed_in_bytes_max : nobody_bytes_max
    let counted = 0
    let is_large = false
    return {
      grow(size: number): boolean {
        if (is_large) return true
        if (person_id && size > form_bytes_max) {
          const own = large.get(person_id) ?? 0
          if (own >= large_of_one_max || sum() >= large_max) return false
          large.set(person_id, own + 1)
          is_large = true
          return true
        }
        const more = Math.max(0, size - free_bytes) - counted
        if (more > 0 && bytes[kind] + more > bytes_max) return false
        counted += Math.max(0, more)
        bytes[kind] += Math.max(0, more)
        return true
      },
      leave() {
        bytes[kind] -= counted
        counted = 0
        if (!is_large || !person_id) return
        is_large = false
        const left = (large.get(person_id) ?? 1) - 1
        if (left > 0) large.set(person_id, left)
        else large.delete(person_id)
      },
    }
  }
}
export type Room = ReturnType<typeof openRoom>
