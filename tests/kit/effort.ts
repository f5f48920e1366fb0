/** How many milliseconds the processor works at something, the best of three: what others do on the machine does not count. */
export function effortOf(act: () => unknown): number {
  const once = () => {
    const before = process.cpuUsage()
    act()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  return Math.min(once(), once(), once())
}
