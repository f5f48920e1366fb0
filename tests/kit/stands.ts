import assert from 'node:assert/strict'

/**
 * Everything that there is stands in a list, and the list names nothing else. Only what is missing or too much is told, with
 * `where`: the file in which the line goes, and what to write there.
 */
export function stands(found: Iterable<string>, listed: Iterable<string>, where: string | ((one: string) => string)) {
  const [all, known] = [new Set(found), new Set(listed)]
  const say = typeof where === 'string' ? () => where : where
  const told = [
    ...[...all].filter((one) => !known.has(one)).map((one) => `${one} has no line. ${say(one)}`),
    ...[...known]
      .filter((one) => !all.has(one))
      .map((one) => `${one} has a line and is not there any more. ${say(one)}`),
  ]
  if (told.length > 0) assert.fail(told.join('\n'))
}
