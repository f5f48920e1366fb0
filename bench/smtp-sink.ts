// A process of its own that takes every mail and keeps of each only its Message-ID. Spoken to by its parent over IPC:
// { answer_ms } sets how long it takes its time, { reach } is answered once so many have come since the last { reset }.
import { createServer, type Socket } from 'node:net'

const seen = new Map<string, number>()
let since_reset = 0
let answer_ms = 0
let reach = Number.POSITIVE_INFINITY

const taken = (mail: string) => {
  const id = /^Message-ID: *(<[^>]+>)/im.exec(mail)?.[1] ?? 'none'
  seen.set(id, (seen.get(id) ?? 0) + 1)
  since_reset++
  if (since_reset === 1) process.send?.({ first_at: performance.timeOrigin + performance.now() })
  told()
}
const told = () => {
  if (since_reset < reach) return
  reach = Number.POSITIVE_INFINITY
  process.send?.({ reached: since_reset, at: performance.timeOrigin + performance.now() })
}

const server = createServer((socket: Socket) => {
  let text = ''
  let is_data = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  socket.on('error', () => {})
  socket.setNoDelay()
  say('220 sink')
  socket.on('data', (part) => {
    text += part.toString('latin1')
    for (;;) {
      const end = text.indexOf(is_data ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const line = text.slice(0, end)
      text = text.slice(end + (is_data ? 5 : 2))
      if (is_data) {
        is_data = false
        taken(line)
        if (answer_ms > 0) setTimeout(() => say('250 taken'), answer_ms)
        else say('250 taken')
      } else if (/^EHLO/i.test(line)) say('250 sink')
      else if (/^DATA/i.test(line)) {
        is_data = true
        say('354 go on')
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
      else say('250 ok')
    }
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})

type Asked = { answer_ms?: number; reach?: number; reset?: true; count?: true }
process.on('message', (asked: Asked) => {
  if (asked.answer_ms !== undefined) answer_ms = asked.answer_ms
  if (asked.reset) {
    seen.clear()
    since_reset = 0
  }
  if (asked.reach !== undefined) {
    reach = asked.reach
    told()
  }
  if (asked.count) {
    const times = [...seen.values()]
    process.send?.({
      count: since_reset,
      distinct: seen.size,
      more_than_once: times.filter((n) => n > 1).length,
      most: Math.max(0, ...times),
    })
  }
})
process.on('disconnect', () => process.exit(0))
