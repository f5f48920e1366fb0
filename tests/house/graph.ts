import { fileURLToPath } from 'node:url'
import { type Import, imports, isTest } from './imports.ts'
import { sliceOf, slicesOf, wingOf, wings } from './plan.ts'

const ofProgram = imports.filter(({ from, to }) => !isTest(from) && !isTest(to))

export type Graph = Map<string, Set<string>>

/** Who imports whom, once the files are gathered into rooms. What stays in a room is no arrow. */
export function graphOf(roomOf: (file: string) => string, among: readonly Import[] = ofProgram): Graph {
  const graph: Graph = new Map()
  for (const { from, to } of among) {
    const [room, other] = [roomOf(from), roomOf(to)]
    const others = graph.get(room) ?? new Set()
    if (room !== other) others.add(other)
    graph.set(room, others)
    if (!graph.has(other)) graph.set(other, new Set())
  }
  return graph
}

/** The rooms that can be reached from each other, each such group once (Tarjan 1972). */
export function circlesOf(graph: Graph): string[][] {
  const circles: string[][] = []
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const visit = (room: string) => {
    order.set(room, order.size)
    low.set(room, order.get(room)!)
    open.push(room)
    for (const other of graph.get(room) ?? []) {
      if (!order.has(other)) visit(other)
      if (open.includes(other)) low.set(room, Math.min(low.get(room)!, low.get(other)!))
    }
    if (low.get(room) !== order.get(room)) return
    const circle = open.splice(open.indexOf(room))
    if (circle.length > 1) circles.push(circle)
  }
  for (const room of graph.keys()) if (!order.has(room)) visit(room)
  return circles
}

/** On how many floors the rooms stand if each stands above all that it imports. Only for a graph without circles. */
export function floorsOf(graph: Graph): number {
  const floors = new Map<string, number>()
  const floorOf = (room: string): number => {
    const known = floors.get(room)
    if (known !== undefined) return known
    floors.set(room, 0)
    const floor = 1 + Math.max(0, ...[...(graph.get(room) ?? [])].map(floorOf))
    floors.set(room, floor)
    return floor
  }
  return Math.max(...[...graph.keys()].map(floorOf))
}

/** The arrows that run up: against the order of the wings, or inside a wing against the order of its slices. */
export function runningUp(graph: Graph): string[] {
  const places = wings.flatMap(slicesOf)
  const place = (room: string) => (places.includes(room) ? places.indexOf(room) : wings.indexOf(room))
  return [...graph].flatMap(([from, others]) =>
    [...others].filter((to) => place(to) > place(from)).map((to) => `${from} imports ${to}`),
  )
}

const count = (name: string, roomOf: (file: string) => string) => {
  const graph = graphOf(roomOf)
  const arrows = [...graph.values()].reduce((sum, others) => sum + others.size, 0)
  const circles = circlesOf(graph).map((circle) => circle.length)
  const up = name === 'file' ? '' : `, ${runningUp(graph).length} running back up`
  return `by ${name}: ${graph.size} rooms, ${floorsOf(graph)} floors, ${arrows} arrows${up}, ${circles.length} circles${circles.length ? ` (${circles.join(', ')})` : ''}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(count('wing', wingOf))
  console.log(count('slice', sliceOf))
  console.log(count('file', (file) => file))
  for (const line of runningUp(graphOf(sliceOf))) console.log(`  up: ${line}`)
  for (const circle of circlesOf(graphOf((file) => file))) console.log(`  circle: ${circle.join(' ')}`)
}
