import { Details } from '#ground/html/details.tsx'
import { type Problems, Select } from '#ground/html/forms.tsx'
import { labelWords } from '#ground/html/label.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { labelNames, labels } from '#ground/rights/labels.ts'
import { AttachmentFields, type Files } from './attachment-fields.tsx'
import { composeTexts } from './compose-texts.ts'
import { usual_label } from './prefill.ts'

/** Who may read it and what is attached: folded while both are as usual, and the fold says what they are. */
export function SharingFields({
  files,
  values,
  problems,
}: {
  files: Files
  values: Record<string, string>
  problems: Problems
}) {
  const t = useTexts(composeTexts)
  const words = useTexts(labelWords)
  const label = labels.find((one) => one === values.label)
  const attached = files.attached.length + files.uploads.length
  return (
    <Details
      id="sharing"
      summary={t.sharing(label ? labelNames[label] : t.choose, attached)}
      open={label !== usual_label || attached > 0 || Boolean(problems.label ?? problems.attachments)}
    >
      <Select
        name="label"
        value={values.label}
        problem={problems.label}
        label={t.label}
        options={labels.map((one) => ({ value: one, text: `${labelNames[one]} ${words[one]}` }))}
      />
      <AttachmentFields files={files} problem={problems.attachments} />
    </Details>
  )
}
