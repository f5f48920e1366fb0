import { noticeKindWords } from '#delivery/deliveries/index.ts'
import { channelWords } from '#ground/channels/words.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import type { Problems } from '#ground/html/forms.tsx'
import { PageHead } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Steps } from '#ground/html/steps.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { AudiencePreview, AudienceSaid, MembersNamed } from '#telling/audience/index.ts'
import type { Check } from './check-data.ts'
import { checkTexts, effectOf } from './check-texts.ts'
import { DifferencePart } from './difference-part.tsx'
import { NoticeContent } from './notice-content.tsx'
import { ReleasePart, type ReleaseRights } from './release-part.tsx'
import { Renderings } from './renderings.tsx'
import { WaitingFor } from './waiting-for.tsx'

type Props = {
  check: Check
  may: ReleaseRights
  values?: Record<string, string>
  problems?: Problems
  /** A press was not taken, because this is no longer what was checked. */
  is_refused?: boolean
}

/** Everything that one press will do, before it does it: for who wrote it, and for who releases it. */
export function CheckPage({ check, may, values = {}, problems = {}, is_refused = false }: Props) {
  const t = useTexts(checkTexts)
  const channels = useTexts(channelWords)
  const kinds = useTexts(noticeKindWords)
  const { notice, count, preview, names, audience, institutions, steps, renderings, missing } = check
  const { mode, state } = notice
  const { language, reader } = useReading()
  const is_author = reader?.id === notice.drafted_by || reader?.id === notice.submitted_by
  const is_asked = state === 'submitted' && mode === 'actual' && is_author
  const path = `/notices/${notice.id}`
  const title = is_asked ? t.submitted : state === 'submitted' ? t.release_title : t.title
  return (
    // Not live: what is pressed is what was read, and a change meanwhile is told.
    <Layout title={title} mode={mode} label={notice.label}>
      <PageHead title={title} kind={kinds[notice.kind]} />
      {is_asked && check.second_people && <WaitingFor notice={notice} second={check.second_people} />}
      <ErrorSummary problems={problems} />
      {(may.edit || may.release) && <DifferencePart difference={check.difference} is_refused={is_refused} />}
      {state === 'dropped' ? (
        <Banner kind="info" title={t.dropped} />
      ) : (
        <Steps
          label={t.steps}
          steps={[
            { text: t.step.write, state: 'done' },
            { text: t.step.check, state: state === 'submitted' ? 'done' : 'current' },
            { text: t.step.release, state: state === 'submitted' ? 'current' : 'to_do' },
          ]}
        />
      )}
      {notice.return_reason && state === 'draft' && (
        <Banner kind="warning" title={t.returned}>
          <p>
            {notice.returned_at && <Time at={notice.returned_at} with_date />}{' '}
            {notice.returner_ja && named(language, { name_ja: notice.returner_ja, name_en: notice.returner_en })}
            <br />
            {notice.return_reason}
          </p>
        </Banner>
      )}
      <Banner kind={mode === 'actual' ? 'error' : 'info'} title={t.modes[mode]}>
        <p>{t.effects[effectOf(notice)](count)}</p>
      </Banner>
      <section aria-labelledby="content">
        <h2 id="content">{t.content}</h2>
        {may.edit && (
          <p>
            <a href={`${path}/edit`}>{t.change}</a>
          </p>
        )}
        <NoticeContent notice={notice} attachments={check.attachments} />
      </section>
      <section aria-labelledby="to">
        <h2 id="to">{t.to}</h2>
        {preview ? (
          <>
            <AudienceSaid audience={audience} names={names} />
            <AudiencePreview preview={preview} names_at={`${path}/institutions`} />
          </>
        ) : (
          <>
            <p>
              <b>{t.to_same(count)}</b>
            </p>
            <MembersNamed institutions={institutions} names_at={`${path}/institutions`} />
            {check.left_out.length > 0 && (
              <p className="dads-note">
                {t.left_out(check.left_out.map((one) => named(language, one)).join(language === 'ja' ? '、' : ', '))}
              </p>
            )}
          </>
        )}
      </section>
      {check.informed > 0 && (
        <Banner kind="info" title={t.informed(check.informed)}>
          <p>{t.informed_next}</p>
        </Banner>
      )}
      <section aria-labelledby="how">
        <h2 id="how">{t.how}</h2>
        <p>{notice.answer_wanted === 'none' ? t.how_once : t.how_lead}</p>
        <Planned steps={steps} />
        {missing.length > 0 && (
          <p className="dads-note">{t.missing(missing.map((channel) => channels[channel]).join(' / '))}</p>
        )}
      </section>
      <Renderings path={path} renderings={renderings} />
      <ReleasePart
        notice={notice}
        seen={check.seen}
        second={check.second}
        count={count}
        may={may}
        values={values}
        problems={problems}
      />
    </Layout>
  )
}

/** At which minute how many messages over which channel. */
function Planned({ steps }: Pick<Check, 'steps'>) {
  const t = useTexts(checkTexts)
  const channels = useTexts(channelWords)
  return (
    <DataTable
      caption={t.planned}
      rows={steps}
      rowKey={({ after_minutes }) => String(after_minutes)}
      empty={<Banner kind="warning" title={t.nothing} />}
      columns={[
        {
          head: t.when,
          cell: ({ after_minutes }) => (after_minutes === 0 ? t.at_once : t.after(after_minutes)),
        },
        {
          head: t.messages,
          cell: ({ messages, calls }) => (
            <ul>
              {Object.entries(messages).map(([channel, count]) => (
                <li key={channel}>
                  {channels[channel as keyof typeof messages]} <b>{t.count(count)}</b>
                </li>
              ))}
              {calls > 0 && (
                <li>
                  {channels.call}
                  <Brackets>{t.call_count(calls)}</Brackets>
                </li>
              )}
            </ul>
          ),
        },
      ]}
    />
  )
}
