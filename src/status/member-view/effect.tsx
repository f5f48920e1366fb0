import { Banner } from '#ground/html/banner.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import type { ToldFirms } from './queries.ts'
import { viewTexts } from './texts.ts'
import { type Shown, viewFields, viewWords, willSee } from './words.ts'

export type EffectProps = { now_seen: Shown; then_seen: Shown; participants: number; told: readonly ToldFirms[] }

/** What a change would change, before anybody says yes to it: field by field, for how many, and what those were told who filed. */
export function Effect({ now_seen, then_seen, participants, told }: EffectProps) {
  const t = useTexts(viewTexts)
  const words = useTexts(viewWords)
  const { language, open } = useReading()
  const how = (shown: boolean) => (shown ? words.by_name : words.counts)
  return (
    <>
      {open.length > 0 && (
        <Banner kind="warning" title={t.is_open}>
          <ul>
            {open.map((situation) => {
              const here = told.filter(({ situation_id }) => situation_id === situation.id)
              return (
                <li key={situation.id}>
                  <b>
                    {markedTitle(language, situation.mode, language === 'en' ? situation.title_en : situation.title_ja)}
                  </b>
                  {here.length === 0 && <div>{t.told_nobody}</div>}
                  {here.map((each) => (
                    <div key={viewFields.map((field) => each[field]).join()}>
                      {t.told(each.firms, willSee(language, each))}
                    </div>
                  ))}
                </li>
              )
            })}
          </ul>
          <p>{t.at_once}</p>
        </Banner>
      )}
      <DataTable
        caption={t.effect}
        rows={viewFields}
        rowKey={(field) => field}
        columns={[
          { head: t.field, cell: (field) => words.fields[field] },
          { head: t.before, cell: (field) => how(now_seen[field]) },
          {
            head: t.after,
            cell: (field) =>
              now_seen[field] === then_seen[field] ? how(then_seen[field]) : <b>{how(then_seen[field])}</b>,
          },
        ]}
      />
      <p>
        {t.participants(participants)} {t.narrower}
      </p>
    </>
  )
}
