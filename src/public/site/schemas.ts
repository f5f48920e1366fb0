import { existsSync, readFileSync } from 'node:fs'
import { validateXML } from 'xmllint-wasm'

/** Why the test that needs a public schema is skipped, or false where the schema lies beside the checkout. */
export function schemaBeside(name: string): { file: string; skip: string | false } {
  const file = ['../shared', '../../shared'].map((folder) => `${folder}/data/cap/${name}`).find(existsSync)
  return { file: file ?? '', skip: file ? false : `no ${name} in ../shared/data/cap` }
}

/** Problems that libxml2 finds in documents, by a W3C schema or by RELAX NG in XML syntax. */
export async function problemsBy(kind: 'schema' | 'relaxng', schema: string, documents: string[]): Promise<string[]> {
  const { errors } = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `document-${index}.xml`, contents })),
    schema: [schema],
    extension: kind,
  })
  return errors.map(({ message }) => message)
}

export const readSchema = (file: string) => readFileSync(file, 'utf8')
