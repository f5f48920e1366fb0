import type { HttpGateway } from '#ground/config/gateway-settings.ts'
import type { Adapter } from './judge-answer.ts'

type Fields = Record<string, string>

/** Any gateway that takes a form or JSON, as the template in the settings describes it. */
export function describedGateway({ url, template, account = '', token = '', from = '' }: HttpGateway): Adapter {
  const basic = Buffer.from(`${account}:${token}`).toString('base64')
  const { method, headers, form, json, answer } = template
  return {
    request: (message) => {
      const fields: Fields = { ...message, from, account, token, basic }
      return {
        method,
        url,
        headers: {
          ...putInEach(headers, fields),
          'Content-Type': form ? 'application/x-www-form-urlencoded; charset=utf-8' : 'application/json; charset=utf-8',
        },
        // Put in before it is written as a form or as JSON, so that no text can become another field.
        body: form ? new URLSearchParams(putInEach(form, fields)).toString() : JSON.stringify(putIn(json, fields)),
      }
    },
    read(given) {
      const error = named(at(given, answer.error))
      const is_error = error !== '' && error !== '0' && error !== 'false' && !answer.no_error.includes(error)
      if (is_error) return { error: error.slice(0, 100), words: plain(at(given, answer.words)) }
      const id = plain(at(given, answer.id))
      return id === '' ? undefined : { id }
    },
    faultOf: (error) => (answer.refused.includes(error) ? 'message' : undefined),
    secrets: token === '' ? [] : [basic, token, encodeURIComponent(token)],
  }
}

/** Every text in it, however deep, with its fields put in. */
function putIn(template: unknown, fields: Fields): unknown {
  if (typeof template === 'string') return putInText(template, fields)
  if (Array.isArray(template)) return template.map((each) => putIn(each, fields))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, putIn(value, fields)]))
}

const putInEach = (template: Fields, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(template).map(([name, value]) => [name, putInText(value, fields)]))

/** In one pass: what is put in is not looked at again. */
const putInText = (template: string, fields: Fields) =>
  template.replace(/\{([a-z_]+)\}/g, (whole, field: string) => fields[field] ?? whole)

function at(given: unknown, path: string | undefined): unknown {
  let found = path === undefined ? undefined : given
  for (const step of path?.split('.') ?? [])
    found = typeof found === 'object' && found !== null ? (found as Fields)[step] : undefined
  return found
}

/** An error that came with more than the template knows of is an error all the same; an empty list or object of them is none. */
const named = (value: unknown): string =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? JSON.stringify(value) : plain(value)

const plain = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''
