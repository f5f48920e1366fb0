import { useReading } from '#html/render.tsx'
import type { SituationView } from '#situations/index.ts'
import type { Reporter } from './queries.ts'

export type Desk = { phones: string[] }

/** Lets the device keep a report of this page that could not be sent: what it must know to say whose it is, and of what. */
export function Keeps({
  situation,
  reporter: { institution },
  phones,
}: { situation: SituationView | null; reporter: Reporter } & Desk) {
  const { reader } = useReading()
  if (!reader) return null
  const about = {
    person_id: reader.id,
    person: { ja: reader.name_ja, en: reader.name_en ?? reader.name_ja },
    institution: { ja: institution.name_ja, en: institution.name_en },
    situation: situation && { ja: situation.title_ja, en: situation.title_en },
    mode: situation?.mode ?? 'actual',
    phones,
  }
  return <div id="keeps" data-about={JSON.stringify(about)} hidden />
}
