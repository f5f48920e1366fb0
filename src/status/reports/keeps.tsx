import { Banner } from '#ground/html/banner.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { SituationView } from '#status/situations/index.ts'
import type { Reporter } from './queries.ts'

export type Desk = { phones: string[] }

const texts = inBoth({
  ja: {
    title: 'まだ送信されていません',
    next: 'つながりません。この画面を開いたまま、つながってからもう一度押してください。急ぐときは、事務局に電話で伝えてください。',
  },
  en: {
    title: 'Not yet sent',
    next: 'There is no connection. Leave this page open, and press again once there is one. If it is urgent, call the secretariat.',
  },
})

/** Lets the device keep a report of this page that could not be sent: what it must know to say whose it is, and of what. */
export function Keeps({
  situation,
  reporter: { institution },
  phones,
}: { situation: SituationView | null; reporter: Reporter } & Desk) {
  const { reader } = useReading()
  const t = useTexts(texts)
  if (!reader) return null
  const about = {
    person_id: reader.id,
    person: { ja: reader.name_ja, en: reader.name_en ?? reader.name_ja },
    institution: { ja: institution.name_ja, en: institution.name_en },
    situation: situation && { ja: situation.title_ja, en: situation.title_en },
    mode: situation?.mode ?? 'actual',
    phones,
  }
  return (
    <>
      <div id="keeps" data-about={JSON.stringify(about)} hidden />
      {/* Shown by a script that came, where the one that keeps reports did not. */}
      <div id="unsent" hidden>
        <Banner kind="error" title={t.title}>
          <p>{t.next}</p>
          <p>
            {phones.map((phone) => (
              <a key={phone} className="dads-time" href={`tel:${phone.replaceAll(/[^+0-9]/g, '')}`}>
                {phone}
              </a>
            ))}
          </p>
        </Banner>
      </div>
    </>
  )
}
