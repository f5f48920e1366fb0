/** Two languages, as the page gave them. */
export type Both = { ja: string; en: string }

/** What the page said of itself: whose report this would be, and of what. */
export type About = {
  person_id: string
  person: Both
  institution: Both
  /** null: outside any situation. */
  situation: Both | null
  mode: 'actual' | 'exercise' | 'test'
  phones: string[]
}

/** `sending`: the person still watches. `unsent`: nobody answered. Anything else is what the server answered last. */
export type State =
  | 'sending'
  | 'unsent'
  | 'sign_in'
  | 'other_person'
  | 'conflict'
  | 'closed'
  | 'changed'
  | 'too_old'
  | 'ahead'
  | 'invalid'
  | 'refused'
  | 'filed'

/** A report that was submitted and of which nobody knows yet that it arrived. */
export type Waiting = {
  key: string
  action: string
  fields: [string, string][]
  /** What was chosen and typed, in the words of the page. */
  said: [string, string][]
  about: About
  /** Milliseconds since 1970, by the server's clock. */
  written_at: number
  /** Milliseconds since 1970, by this device's clock. */
  kept_at: number
  state: State
  /** Of one that arrived: its address, and when (milliseconds since 1970). */
  filed?: { path: string; reported_at: number }
}

export const waiting_max = 10
const days_max = 7
/** How long it is told that one has arrived, if nobody looks. */
const told_ms_max = 24 * 3600_000
const name = 'reports'

/** Something about the waiting reports has changed, in this tab or another, or in the worker. */
export const changes = new BroadcastChannel(name)

/** Every report on this device, the oldest first. */
export const all = async (): Promise<Waiting[]> =>
  (await ask<Waiting[]>('readonly', (store) => store.getAll())).sort((a, b) => a.written_at - b.written_at)

export const find = (key: string): Promise<Waiting | undefined> => ask('readonly', (store) => store.get(key))

export async function put(report: Waiting): Promise<void> {
  await ask('readwrite', (store) => store.put(report))
  tell()
}

export async function remove(key: string): Promise<void> {
  await ask('readwrite', (store) => store.delete(key))
  tell()
}

/** A channel does not hear itself. */
function tell() {
  changes.postMessage('')
  changes.dispatchEvent(new Event('message'))
}

/**
 * Deletes what has been on the device for too long: 7 days, or a day once it has arrived. Nothing that has not arrived is deleted
 * because this device's clock was wrong, or was set right meanwhile.
 */
export async function removeOld(now: number): Promise<void> {
  for (const { key, written_at, kept_at, filed } of await all()) {
    const is_old = now - Math.max(written_at, kept_at) > days_max * 86_400_000
    if (is_old || (filed && now - filed.reported_at > told_ms_max)) await remove(key)
  }
}

async function ask<T>(mode: IDBTransactionMode, what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open()
  try {
    return await new Promise<T>((done, failed) => {
      const transaction = db.transaction(name, mode)
      const request = what(transaction.objectStore(name))
      transaction.oncomplete = () => done(request.result)
      transaction.onabort = () => failed(transaction.error)
    })
  } finally {
    db.close()
  }
}

/** Opened for each question: the sign-out deletes it under every open tab. */
const open = () =>
  new Promise<IDBDatabase>((done, failed) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(name, { keyPath: 'key' })
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })
