import assert from 'node:assert/strict'

/** The lines that all wings have under this heading. None stands in two of them. */
export function gather<Wing extends object, Heading extends keyof Wing>(
  wings: Readonly<Record<string, Wing>>,
  heading: Heading,
): NonNullable<Wing[Heading]> {
  const gathered: Record<string, unknown> = {}
  const from: Record<string, string> = {}
  for (const [wing, each] of Object.entries(wings))
    for (const [key, line] of Object.entries(each[heading] ?? {})) {
      assert.ok(
        !from[key],
        `${key} stands twice in \`${String(heading)}\`: in tests/kit/samples/${from[key]}.ts and in tests/kit/samples/${wing}.ts.`,
      )
      gathered[key] = line
      from[key] = wing
    }
  return gathered as NonNullable<Wing[Heading]>
}
