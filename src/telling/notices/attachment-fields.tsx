import { fileWords } from '#ground/files/file-words.ts'
import { accepted } from '#ground/files/judge-file.ts'
import { Checkboxes } from '#ground/html/choices.tsx'
import { Field } from '#ground/html/forms.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { composeTexts } from './compose-texts.ts'

type FileView = { id: string; file_name: string; size: number }
/** Files that the notice has, those kept of a form that came back, and which of them are ticked. */
export type Files = {
  attached: readonly FileView[]
  uploads: readonly FileView[]
  without?: readonly string[] | undefined
}

/** Files to be sent along. What was chosen once stays: no page can fill it in again. */
export function AttachmentFields({ files, problem }: { files: Files; problem?: string | undefined }) {
  const t = useTexts(composeTexts)
  const { attached, uploads, without = [] } = files
  return (
    <>
      <Kept name="attachment_ids" legend={t.attached} of={attached} without={without} />
      <Kept name="upload_ids" legend={t.attached} of={uploads} without={without} />
      <Field name="attachments" label={t.attachments} hint={t.attachments_hint} problem={problem}>
        {(wiring) => <input type="file" className="dads-input-text" accept={accepted.join(',')} multiple {...wiring} />}
      </Field>
    </>
  )
}

function Kept({
  name,
  legend,
  of,
  without,
}: {
  name: string
  legend: string
  of: readonly FileView[]
  without: readonly string[]
}) {
  const t = useTexts(composeTexts)
  const words = useTexts(fileWords)
  if (of.length === 0) return null
  return (
    <Checkboxes
      name={name}
      legend={legend}
      hint={t.attached_hint}
      values={of.flatMap(({ id }) => (without.includes(id) ? [] : [id]))}
      choices={of.map(({ id, file_name, size }) => ({
        value: id,
        text: file_name,
        hint: words.kilobytes(size),
      }))}
    />
  )
}
