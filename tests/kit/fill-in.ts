import { fieldsOf, type Visitor } from '#simulate/index.ts'

/** Sends the form that this page has for this address, with these words in it; gives the address that one is sent on to. */
export async function fillIn(
  by: Visitor,
  page: string,
  action: string,
  words: Record<string, string>,
): Promise<string> {
  return sentTo(await by.post(action, { ...fieldsOf((await by.get(page)).text, action), ...words }))
}

export function sentTo(answer: { code: number; location: string | null; text: string }): string {
  if (answer.code !== 303 || !answer.location)
    throw new Error(`no redirect but ${answer.code}: ${answer.text.replace(/<[^>]+>/g, ' ').slice(0, 600)}`)
  return answer.location
}
