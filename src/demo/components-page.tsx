import type { Mode } from '#ground/db/tables.ts'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip, Chips, type Look } from '#ground/html/chip.tsx'
import { RecoveryClock } from '#ground/html/clock.tsx'
import { Details } from '#ground/html/details.tsx'
import { Diff } from '#ground/html/diff.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Card, Columns, Figures, PageHead } from '#ground/html/frame.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Steps } from '#ground/html/steps.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { TaskList } from '#ground/html/task-list.tsx'
import { Age, Time, Until } from '#ground/html/time.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { pageOf } from '#ground/lists/paged.ts'
import { Pagination } from '#ground/lists/pagination.tsx'
import { ComponentsForm } from './components-form.tsx'
import { texts } from './components-texts.ts'

const looks: Look[][] = [
  [
    'normal',
    'alternative',
    'partial',
    'stopped',
    'resumed',
    'unknown',
    'expired',
    'not_reported',
    'not_asked',
    'no_functions',
  ],
  ['none', 'severe'],
  ['waiting', 'sending', 'sent', 'perhaps', 'failed'],
]
const counted: [Look, number][] = [
  ['normal', 412],
  ['partial', 23],
  ['stopped', 4],
  ['resumed', 0],
  ['unknown', 11],
  ['not_reported', 50],
]

/** Every part of every page, in every state, to be looked at in both languages and in each mode. */
export function ComponentsPage({ mode = 'actual' }: { mode?: Mode }) {
  const words = useTexts(texts)
  const { now } = useReading()
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  const rows = words.firms.map((name, index) => ({
    name,
    look: (['normal', 'stopped', 'not_reported'] as const)[index % 3]!,
    at: ago(4 + 31 * index),
    figure: 1280 - 307 * index,
  }))

  return (
    <Layout title={words.title} mode={mode}>
      <PageHead kind={words.kind} title={words.title}>
        {words.lead}
      </PageHead>
      <Figures items={words.figures.map((item) => ({ ...item, note: <Age at={ago(3)} /> }))} />
      <Buttons>
        {(['actual', 'exercise', 'test'] as const).map((other) => (
          <ButtonLink key={other} size="md" href={`/demo/components?mode=${other}`}>
            {words.modes[other]}
          </ButtonLink>
        ))}
      </Buttons>

      <h2>{words.heads.banners}</h2>
      {(['success', 'warning', 'error', 'info'] as const).map((kind) => (
        <Banner key={kind} kind={kind} title={words.banners[kind].title}>
          {words.banners[kind].body}
        </Banner>
      ))}

      <h2>{words.heads.chips}</h2>
      {looks.map((group) => (
        <p key={group.join()}>
          <Chips>
            {group.map((look) => (
              <Chip key={look} look={look}>
                {words.looks[look]}
              </Chip>
            ))}
          </Chips>
        </p>
      ))}
      <Chips>
        {counted.map(([look, count]) => (
          <Chip key={look} look={look} count={count}>
            {words.looks[look]}
          </Chip>
        ))}
      </Chips>

      <h2>{words.heads.clock}</h2>
      <RecoveryClock event_at={ago(85)} recovery_minutes={120} />
      <RecoveryClock event_at={ago(145)} recovery_minutes={120} />
      <RecoveryClock event_at={ago(300)} recovery_minutes={120} returned_at={ago(205)} />

      <h2>{words.heads.cards}</h2>
      <Columns>
        {words.cards.map(({ title, body }) => (
          <Card key={title} title={title}>
            <p>{body}</p>
            <ButtonLink size="md" href="#main">
              {words.change}
            </ButtonLink>
          </Card>
        ))}
      </Columns>

      <h2>{words.heads.time}</h2>
      <SummaryList
        items={[
          { term: words.times.today, value: <Time at={ago(3)} /> },
          { term: words.times.earlier, value: <Time at={ago(60 * 30)} /> },
          { term: words.times.last_year, value: <Time at={ago(60 * 24 * 400)} /> },
          { term: words.times.age, value: <Age at={ago(3)} /> },
          { term: words.times.until, value: <Until at={ago(-25)} /> },
          { term: words.times.overdue, value: <Until at={ago(25)} /> },
        ]}
      />

      <h2>{words.heads.table}</h2>
      <DataTable
        caption={words.table.caption}
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { head: words.table.institution, cell: ({ name }) => <a href="/institutions">{name}</a> },
          { head: words.table.state, cell: ({ look }) => <Chip look={look}>{words.looks[look]}</Chip> },
          { head: words.table.said, cell: ({ at }) => <Age at={at} /> },
          { head: words.table.orders, numeric: true, cell: ({ figure }) => figure.toLocaleString('en') },
        ]}
      />
      <Pagination
        found={pageOf(Array(90), { page: 2, size: null }, 10)}
        href={(wanted) => listAddress('/demo/components', {}, wanted)}
      />
      <Empty title={words.empty.title}>{words.empty.next}</Empty>

      <h2>{words.heads.check}</h2>
      <SummaryList
        items={words.check.map(({ term, value }) => ({
          term,
          value,
          action: { href: '#subject', text: words.change },
        }))}
      />
      <Diff
        differences={[
          { kind: 'added', ...words.diff.added },
          { kind: 'changed', ...words.diff.changed },
          { kind: 'removed', ...words.diff.removed },
        ]}
      />

      <h2>{words.heads.steps}</h2>
      <Steps
        label={words.heads.steps}
        steps={words.steps.map((text, index) => ({ text, state: (['done', 'current', 'to_do'] as const)[index]! }))}
      />
      <TaskList tasks={words.tasks.map((task) => ({ ...task, href: '#subject' }))} />

      <h2>{words.heads.timeline}</h2>
      <Timeline
        entries={[
          { key: '3', at: ago(3), corrects_at: ago(20), ...words.timeline.correction },
          { key: '2', at: ago(20), corrected_at: ago(3), ...words.timeline.corrected },
          { key: '1', at: ago(85), ...words.timeline.event },
        ]}
      />
      <Details id="more" summary={words.details.summary}>
        {words.details.body}
      </Details>

      <h2>{words.heads.form}</h2>
      <ComponentsForm />
    </Layout>
  )
}
