import { useReading, useTexts } from '#ground/html/render.tsx'
import type { InForce } from './queries.ts'
import { officialNoticeTexts } from './texts.ts'
import { documentKindWords, periodWords, prefectureWords } from './words.ts'

/** On the home page: what authorities have asked for in the reader's area and holds today. */
export function OfficialNoticesInForce({ notices }: { notices: readonly InForce[] }) {
  const t = useTexts(officialNoticeTexts)
  const kinds = useTexts(documentKindWords)
  const { language } = useReading()
  if (notices.length === 0) return null
  return (
    <section aria-labelledby="official-in-force">
      <h2 id="official-in-force">{t.in_force}</h2>
      <ul>
        {notices.map((notice) => (
          <li key={notice.id}>
            {kinds[notice.kind]}: <a href={`/official-notices/${notice.id}`}>{notice.title}</a>
            <br />
            <span className="dads-note">
              {[notice.issuer, prefectureWords(language, notice.prefectures), periodWords(language, notice)].join(
                ' ・ ',
              )}
            </span>
          </li>
        ))}
      </ul>
      <p>
        <a href="/official-notices">{t.in_force_all}</a>
      </p>
    </section>
  )
}
