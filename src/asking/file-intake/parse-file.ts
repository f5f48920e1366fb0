import { z } from 'zod'
import type { Mode } from '#ground/db/tables.ts'
import { toCivilInput } from '#ground/html/civil.ts'

const File = z.object({
  noroshi_report: z.literal(1),
  report: z.record(z.string().max(100), z.string().max(5000)),
  signature: z.object({ value: z.string().max(200) }),
})
const Head = z.object({
  institution_code: z.string(),
  mode: z.enum(['actual', 'exercise', 'test']),
  said_at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  notice_id: z.uuid().optional(),
  situation_id: z.uuid().optional(),
  upon: z.uuid().optional(),
})

export type InboundReport = {
  /** As it is signed. */
  report: Record<string, string>
  signature: string
  institution_code: string
  /** Null where it does not say whom it is for, or when it was said. */
  head: (Omit<z.output<typeof Head>, 'institution_code'> & { mode: Mode }) | null
  /** What it says, as the form of the portal would send it. */
  values: Record<string, string>
}

/** What a file says; by name why it says nothing. A time has its offset and becomes the market's own. Pure. */
export function parseFile(bytes: Uint8Array): InboundReport | { failed: 'cut_off' | 'not_readable' } {
  const text = textOf(bytes)
  if (text === null) return { failed: 'not_readable' }
  const file = File.safeParse(jsonOf(text))
  if (!file.success) return { failed: isCutOff(text.trim()) ? 'cut_off' : 'not_readable' }
  const { report, signature } = file.data
  const head = Head.safeParse(report)
  const times = ['resumption_at', 'normal_at'].flatMap((name) => {
    const at = z.iso.datetime({ offset: true }).safeParse(report[name])
    return at.success ? [[name, toCivilInput(new Date(at.data))]] : []
  })
  return {
    report,
    signature: signature.value,
    institution_code: report.institution_code ?? '',
    head: head.success ? head.data : null,
    values: { ...report, ...Object.fromEntries(times) },
  }
}

/** It begins as it should, and does not end so. */
const isCutOff = (text: string) => text === '' || (text.startsWith('{') && !text.endsWith('}'))

const textOf = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
