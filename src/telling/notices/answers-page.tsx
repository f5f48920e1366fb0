import type { ReactNode } from 'react'
import { onBehalf, saidWords, viaWords } from '#delivery/answers/index.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { Button } from '#ground/html/button.tsx'
import { HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import type { NoticeView } from './queries.ts'
import type { AnswersFound, AnswerView } from './sent-queries.ts'
import { sentTexts } from './sent-texts.ts'

export const sought_length_max = 100

/** Every answer to a notice page by page, the newest first; with a choice, the institutions whose last word it is. */
export function AnswersPage({
  notice,
  answers,
  choice,
  q,
}: {
  notice: NoticeView
  answers: AnswersFound
  /** Its number, from 1; null for all answers. */
  choice: number | null
  /** Words that somebody looks for among the institutions; empty for all. */
  q: string
}) {
  const t = useTexts(sentTexts)
  const { language } = useReading()
  const path = `/notices/${notice.id}` as const
  const chosen = choice === null ? null : notice.choices[choice - 1]?.[language]
  const asked = { choice: choice === null ? null : String(choice), q }
  const title = chosen ? t.answers_chosen(chosen, answers.count) : t.answers(answers.count)
  return (
    <Layout title={title} mode={notice.mode} label={notice.label} live={path}>
      <h1>{t.answers_title}</h1>
      <p>
        <a href={path}>{language === 'en' ? notice.subject_en : notice.subject_ja}</a>
      </p>
      {(q !== '' || answers.pages > 1) && (
        <search>
          <form method="get" action={`${path}/answers`} className="dads-form">
            {choice !== null && <HiddenFields fields={{ choice: String(choice) }} />}
            <TextInput
              type="search"
              name="q"
              label={t.find}
              hint={t.find_hint}
              value={q}
              width="half"
              maxLength={sought_length_max}
            />
            <Button kind="outline" size="md">
              {t.find_act}
            </Button>
          </form>
        </search>
      )}
      {answers.count === 0 ? (
        <p>{q ? t.find_none(q) : t.answers_none}</p>
      ) : (
        <AnswersTable
          answers={answers.rows}
          notice={notice}
          caption={
            <>
              {q ? t.answers_found(q, answers.count) : title}
              <ListPart found={answers} />
            </>
          }
        />
      )}
      <Pagination found={answers} href={(wanted) => listAddress(`${path}/answers`, asked, wanted)} />
      {(choice !== null || q !== '') && (
        <p>
          <a href={`${path}/answers`}>{t.answers_all}</a>
        </p>
      )}
      <p>
        <a href={path}>{t.back_to_notice}</a>
      </p>
    </Layout>
  )
}

/** What was answered, by whom and which way; what the secretariat recorded for somebody says so. */
export function AnswersTable({
  answers,
  notice,
  caption,
}: {
  answers: readonly AnswerView[]
  notice: Pick<NoticeView, 'choices' | 'answer_by'>
  caption: ReactNode
}) {
  const t = useTexts(sentTexts)
  const vias = useTexts(viaWords)
  const behalf = useTexts(onBehalf)
  const { language } = useReading()
  return (
    <DataTable
      caption={caption}
      rows={answers}
      rowKey={({ id }) => id}
      columns={[
        { head: t.institution, cell: (answer) => named(language, answer) },
        {
          head: t.answer,
          cell: ({ given, choice, text, report_id }) => (
            <>
              {given === 'report' ? (
                <a href={`/reports/${report_id}`}>{t.report}</a>
              ) : (
                saidWords(language, { given, choice }, notice.choices)
              )}
              {text && <div>{text}</div>}
            </>
          ),
        },
        {
          head: t.who,
          cell: ({ who_ja, who_en, is_on_behalf }) => (
            <>
              {who_ja && named(language, { name_ja: who_ja, name_en: who_en })}
              {is_on_behalf && <Brackets>{behalf}</Brackets>}
            </>
          ),
        },
        {
          head: t.at,
          cell: ({ answered_at, written_at, taken_back_at }) => (
            <>
              <Time at={answered_at} with_date />
              {notice.answer_by && answered_at > notice.answer_by && <Brackets>{t.late}</Brackets>}
              {taken_back_at && (
                <Brackets>
                  {t.taken_back} <Time at={taken_back_at} />
                </Brackets>
              )}
              {written_at && (
                <Brackets>
                  {t.written} <Time at={written_at} />
                </Brackets>
              )}
            </>
          ),
        },
        {
          head: t.via,
          cell: ({ via, is_first }) => (
            <>
              {vias[via]}
              {!is_first && <Brackets>{t.again}</Brackets>}
            </>
          ),
        },
      ]}
    />
  )
}
