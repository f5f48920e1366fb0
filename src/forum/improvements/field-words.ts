import { dayWords } from '#ground/html/day.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import type { FieldWords } from '#ground/register/history.tsx'
import type { Item } from '#ground/register/kinds.ts'
import { numberOf } from '#ground/register/kinds.ts'
import { labelNames } from '#ground/rights/labels.ts'
import type { ImprovementState, Proof } from './improvement.ts'
import { improvementWords } from './improvement-words.ts'
import type { ImprovementVersion } from './queries.ts'
import { saidOf } from './queries.ts'
import type { Said } from './raise-improvement.ts'

export const fieldTerms = inBoth({
  ja: {
    title: '件名',
    label: '共有範囲',
    finding: '気付いたこと',
    source: 'きっかけ',
    about: 'きっかけの場所',
    action: '対応の内容',
    owner_person_id: '担当者',
    owner_institution_id: '担当機関',
    due_on: '期日',
    state: '状態',
    evidence: '証拠',
    evidence_file_id: '証拠のファイル',
    evidence_item_id: '証拠の記録',
  },
  en: {
    title: 'Title',
    label: 'Who may read it',
    finding: 'Finding',
    source: 'Noticed in',
    about: 'Where',
    action: 'What is to be done',
    owner_person_id: 'Owner (person)',
    owner_institution_id: 'Owner (institution)',
    due_on: 'Due',
    state: 'State',
    evidence: 'Proof',
    evidence_file_id: 'Proof (file)',
    evidence_item_id: 'Proof (record)',
  },
})

/** What is said of an improvement, and what has become of it: everything that its history compares. */
export type Compared = Said & Proof & { state: ImprovementState }
export const comparedOf = (version: Compared): Compared => {
  const { state, evidence, evidence_file_id, evidence_item_id } = version
  return { ...saidOf(version), state, evidence, evidence_file_id, evidence_item_id }
}

/** How each field reads; the names of whom and what they point at are those that the versions came with. */
export function fieldWords(
  language: Language,
  now: Date,
  versions: readonly ImprovementVersion[],
): FieldWords<Compared> {
  const terms = fieldTerms[language]
  const words = improvementWords[language]
  const names = new Map(versions.flatMap((version) => namesIn(language, version)))
  const plain = (text: string) => text
  const name = (id: string | null) => (id === null ? '' : (names.get(id) ?? words.somebody))
  return {
    title: { term: terms.title, text: plain },
    label: { term: terms.label, text: (label) => labelNames[label] },
    finding: { term: terms.finding, text: plain },
    source: { term: terms.source, text: (source) => words.sources[source] },
    about: { term: terms.about, text: plain },
    action: { term: terms.action, text: plain },
    owner_person_id: { term: terms.owner_person_id, text: name },
    owner_institution_id: { term: terms.owner_institution_id, text: name },
    due_on: { term: terms.due_on, text: (day) => (day === null ? '' : dayWords(language, day, now)) },
    state: { term: terms.state, text: (state) => words.states[state] },
    evidence: { term: terms.evidence, text: plain },
    evidence_file_id: { term: terms.evidence_file_id, text: name },
    evidence_item_id: { term: terms.evidence_item_id, text: name },
  }
}

function namesIn(language: Language, version: ImprovementVersion): [string, string][] {
  const { owner_person_id, owner_ja, owner_en, owner_institution_id, institution_ja, institution_en } = version
  const { evidence_file_id, file_name } = version
  const proof = proofOf(version)
  return [
    ...(owner_person_id && owner_ja !== null
      ? [[owner_person_id, named(language, { name_ja: owner_ja, name_en: owner_en })] as [string, string]]
      : []),
    ...(owner_institution_id && institution_ja !== null
      ? [
          [owner_institution_id, named(language, { name_ja: institution_ja, name_en: institution_en })] as [
            string,
            string,
          ],
        ]
      : []),
    ...(evidence_file_id && file_name !== null ? [[evidence_file_id, file_name] as [string, string]] : []),
    ...(proof ? [[proof.id, `${numberOf(language, proof)} ${proof.title}`] as [string, string]] : []),
  ]
}

/** The record that proves it; null when none does, or it is not the reader's to see. */
export function proofOf(version: ImprovementVersion): Pick<Item, 'id' | 'kind' | 'number' | 'mode' | 'title'> | null {
  const { evidence_item_id: id, proof_kind: kind, proof_number: number, proof_mode: mode, proof_title: title } = version
  return id && kind && number && mode && title ? { id, kind, number, mode, title } : null
}
