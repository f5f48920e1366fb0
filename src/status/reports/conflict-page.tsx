import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { Card, Columns } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { functionCodes } from '#ground/market/words.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { SituationView } from '#status/situations/index.ts'
import { type Desk, Keeps } from './keeps.tsx'
import type { Reporter, ReportView } from './queries.ts'
import { ReportContent } from './report-content.tsx'
import type { ReportForm } from './report-form.ts'

const texts = inBoth({
  ja: {
    title: 'どちらの報告を最新にするか決めてください',
    conflict: (who: string) => `先に${who}さんの報告が届いています`,
    not_sent: 'ご自分の報告は、まだ送信されていません。2つを見比べて決めてください。',
    theirs: '届いている報告（いまの最新）',
    mine: 'ご自分の報告（まだ送信されていません）',
    by: '報告者',
    received_at: '受付',
    written_at: '記入',
    file: '自分の報告を最新として送る',
    keep: '届いている報告のままにする',
    keep_waiting: '送らずに、未送信の報告のページで破棄する',
    history: 'どちらも履歴に残ります。',
  },
  en: {
    title: 'Decide which report is to be the newest',
    conflict: (who: string) => `A report by ${who} has arrived before`,
    not_sent: 'Your report has not been sent yet. Compare the two and decide.',
    theirs: 'The report that has arrived (the newest now)',
    mine: 'Your report (not yet sent)',
    by: 'By',
    received_at: 'Received',
    written_at: 'Written',
    file: 'File my report as the newest',
    keep: 'Leave the report that has arrived',
    keep_waiting: 'Do not send it; discard it on the page of reports not yet sent',
    history: 'Both stay in the history.',
  },
})

type Props = {
  situation: SituationView | null
  reporter: Reporter
  current: ReportView
  form: ReportForm
  written_at: Date | undefined
  /** As they were posted, to be posted again if the person decides so. */
  values: Record<string, string>
} & Desk

/** A report of the same institution came first: both side by side, and nothing is filed until a person has decided. */
export function ConflictPage({ situation, reporter, current, form, written_at, values, phones }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const { functions } = reporter
  const mine = {
    ...form,
    ...(Object.fromEntries(functionCodes.map((code) => [code, functions.includes(code) ? form[code] : null])) as Pick<
      ReportForm,
      (typeof functionCodes)[number]
    >),
  }
  const who = named(language, { name_ja: current.reported_by_ja ?? '', name_en: current.reported_by_en })
  const action = situation ? `/situations/${situation.id}/report` : '/report'
  return (
    <Layout title={t.title} mode={situation?.mode} label={labelOf.report}>
      <Keeps situation={situation} reporter={reporter} phones={phones} />
      {situation && <p>{language === 'en' ? situation.title_en : situation.title_ja}</p>}
      <h1>{t.title}</h1>
      <Banner kind="warning" title={t.conflict(who)}>
        <p>{t.not_sent}</p>
      </Banner>
      <Columns>
        <Card title={t.theirs} level="h2">
          <p>
            {t.by}: <b>{who}</b>
            <br />
            {current.written_at && (
              <>
                {t.written_at}: <Time at={current.written_at} />
                <br />
              </>
            )}
            {t.received_at}: <Time at={current.reported_at} />
          </p>
          <ReportContent report={current} />
        </Card>
        <Card title={t.mine} level="h2">
          {written_at && (
            <p>
              {t.written_at}: <Time at={written_at} />
            </p>
          )}
          <ReportContent report={mine} />
        </Card>
      </Columns>
      <p>{t.history}</p>
      <Form action={action}>
        <HiddenFields fields={{ ...values, written_upon: current.id }} />
        <Button>{t.file}</Button>
      </Form>
      <Buttons>
        {written_at ? (
          <ButtonLink href="/report/waiting">{t.keep_waiting}</ButtonLink>
        ) : (
          <ButtonLink href={`/reports/${current.id}`}>{t.keep}</ButtonLink>
        )}
      </Buttons>
    </Layout>
  )
}
