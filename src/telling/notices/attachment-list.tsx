import { fileWords } from '#ground/files/file-words.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import type { AttachmentView } from './queries.ts'

const texts = inBoth({
  ja: { original: '通達等の原文' },
  en: { original: 'original of the official notice' },
})

/** The files of a notice, each to be opened, the original of an official notice marked. */
export function AttachmentList({
  notice_id,
  attachments,
}: {
  notice_id: string
  attachments: readonly AttachmentView[]
}) {
  const t = useTexts(texts)
  const words = useTexts(fileWords)
  return (
    <ul>
      {attachments.map(({ id, file_name, size, is_original }) => (
        <li key={id}>
          <a href={`/notices/${notice_id}/attachments/${id}`}>{file_name}</a> {words.kilobytes(size)}
          {is_original && <Brackets>{t.original}</Brackets>}
        </li>
      ))}
    </ul>
  )
}
