import { RoundLine } from '#asking/rounds/index.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { Chips } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { PageHead } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { type Entry, Timeline } from '#ground/html/timeline.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import { functionCodes, statusWords } from '#ground/market/words.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { actionWords } from '#ground/trail/actions.ts'
import { marketName } from '#status/activations/index.ts'
import { ChangeLine, type SituationView, situationWords } from '#status/situations/index.ts'
import { type Log, type LogEntry, type LogKind, logKinds } from './log.ts'

const texts = inBoth({
  ja: {
    title: '経過',
    all: 'すべて',
    show: '表示する記録',
    whole: '経過をすべて見る（公表だけ、照会だけにもできます）',
    program: 'システムによる自動処理',
    kinds: {
      command_centre: '事務局・対策本部',
      event: '気象庁の発表',
      asking: '状況照会',
      institution: '機関の転機',
      publication: '公表',
    },
    info: { issued: '電文を受信', corrected: '訂正の電文を受信', cancelled: '取消の電文を受信' },
    changed: '事象の変化',
    published: { Alert: '一般に公表', Update: '公表内容を更新', Cancel: '終結を公表' },
    number: (number: number) => `第${number}号`,
    text: '公表した文と状況を見る',
    notice: '依頼した通知を見る',
    report: '報告を見る',
    proposal: '提案を見る',
    own_centre: '自機関の対策本部を設置',
    by_desk: '事務局が代わって報告',
    resumption: '再開見込み',
    empty: (kind: string) => `「${kind}」の記録はまだありません`,
    empty_all: 'この事案の記録はまだありません',
    empty_next: '何かが行われると、ここに自動で出ます。',
    trail: 'この事案の監査証跡を見る',
    back: '事案に戻る',
  },
  en: {
    title: 'Log',
    all: 'All',
    show: 'What is shown',
    whole: 'See the whole log (or only publications, only askings)',
    program: 'By the system itself',
    kinds: {
      command_centre: 'Secretariat and command centre',
      event: 'What the agency said',
      asking: 'Askings',
      institution: 'Turning points of institutions',
      publication: 'Publications',
    },
    info: { issued: 'Telegram received', corrected: 'Correction received', cancelled: 'Cancellation received' },
    changed: 'The event changed',
    published: { Alert: 'Published', Update: 'Publication updated', Cancel: 'Closing published' },
    number: (number: number) => `No. ${number}`,
    text: 'See the text and states as published',
    notice: 'See the notice that asked',
    report: 'See the report',
    proposal: 'See the proposal',
    own_centre: 'Own command centre set up',
    by_desk: 'reported by the secretariat on its behalf',
    resumption: 'Expected to resume',
    empty: (kind: string) => `There is nothing under “${kind}” yet`,
    empty_all: 'There is no record of this situation yet',
    empty_next: 'Whatever is done appears here by itself.',
    trail: 'See the audit trail of this situation',
    back: 'Back to the situation',
  },
})

/** The newest of a situation's log, on its page, with the way to the whole. */
export function LogPart({ log, path }: { log: Log; path: string }) {
  const t = useTexts(texts)
  return (
    <section aria-labelledby="log">
      <h2 id="log">{t.title}</h2>
      <Entries log={log} kind={null} />
      <p>
        <a href={`${path}/log`}>{t.whole}</a>
      </p>
    </section>
  )
}

/** The whole log of a situation, or what of it is of one kind. */
export function LogPage({ situation, log, kind }: { situation: SituationView; log: Log; kind: LogKind | null }) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  const path = `/situations/${situation.id}` as const
  return (
    <Layout title={t.title} mode={situation.mode} live={[path, '/publications']} label={labelOf.board}>
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <PageHead title={t.title} kind={language === 'en' ? situation.title_en : situation.title_ja} />
      <nav aria-label={t.show}>
        <Chips>
          {[null, ...logKinds].map((each) => {
            const text = each ? t.kinds[each] : t.all
            return each === kind ? (
              <b key={each ?? ''} aria-current="true">
                {text}
              </b>
            ) : (
              <a key={each ?? ''} href={listAddress(`${path}/log`, { kind: each })}>
                {text}
              </a>
            )
          })}
        </Chips>
      </nav>
      <p>
        <ListPart found={log} />
      </p>
      <Entries log={log} kind={kind} />
      <Pagination found={log} href={(wanted) => listAddress(`${path}/log`, { kind }, wanted)} />
      {reader && may(reader, 'trail.read') && (
        <p>
          <a href={listAddress('/trail', { situation: situation.id })}>{t.trail}</a>
        </p>
      )}
    </Layout>
  )
}

function Entries({ log, kind }: { log: Log; kind: LogKind | null }) {
  const t = useTexts(texts)
  const shown = useEntry()
  return log.rows.length > 0 ? (
    <Timeline entries={log.rows.map(shown)} />
  ) : (
    <Empty title={kind ? t.empty(t.kinds[kind]) : t.empty_all}>
      <p>{t.empty_next}</p>
    </Empty>
  )
}

/** An entry as the timeline shows it. */
function useEntry(): (entry: LogEntry) => Entry {
  const t = useTexts(texts)
  const actions = useTexts(actionWords)
  const words = useTexts(statusWords)
  const { language } = useReading()
  return (entry) => {
    const { at } = entry
    switch (entry.source) {
      case 'trail':
        return {
          key: `trail-${entry.line.id}`,
          at,
          title: actions[entry.line.action],
          by: <Who line={entry.line} />,
          body: <LineFacts line={entry.line} />,
        }
      case 'change':
        return { key: entry.change.id, at, title: t.changed, body: <ChangeLine change={entry.change} /> }
      case 'telegram': {
        const { id, code, title, headline, info_kind } = entry.telegram
        return {
          key: id,
          at,
          title: t.info[info_kind],
          body: (
            <>
              <a href={`/telegrams/${id}`}>
                {code} {title}
              </a>
              {headline && <div lang="ja">{headline}</div>}
            </>
          ),
        }
      }
      case 'publication': {
        const { id, number, cap_kind, text_ja, text_en, ...by } = entry.publication
        return {
          key: id,
          at,
          title: `${t.published[cap_kind]} ${t.number(number)}`,
          by: named(language, by),
          body: (
            <>
              <p>{language === 'en' ? text_en || text_ja : text_ja}</p>
              <a href={`/publications/${id}`}>{t.text}</a>
            </>
          ),
        }
      }
      case 'report': {
        const { report } = entry
        const functions = functionCodes.flatMap((name) => {
          const [before, now] = [report[`before_${name}`], report[name]]
          const is_turn =
            now && now !== before && (turns.includes(now) || now === 'resumed' || (before && turns.includes(before)))
          return is_turn ? [`${words.functions[name]} ${words.conditions[now]}`] : []
        })
        const has_set_up = report.command_centre === 'set_up' && report.before_command_centre !== 'set_up'
        return {
          key: report.id,
          at,
          title: `${named(language, report)}: ${[...functions, ...(has_set_up ? [t.own_centre] : [])].join(' ・ ')}`,
          by: report.is_on_behalf ? t.by_desk : undefined,
          body: (
            <>
              {report.resumption_at && (
                <>
                  {t.resumption} <Time at={report.resumption_at} />{' '}
                </>
              )}
              <a href={`/reports/${report.id}`}>{t.report}</a>
            </>
          ),
        }
      }
    }
  }
}

/** What a log of turns tells when it begins and when it ends. */
const turns: readonly string[] = ['stopped', 'alternative']

type Line = Extract<LogEntry, { source: 'trail' }>['line']

/** What a line about the command centre or a round says beside its action. */
function LineFacts({ line }: { line: Line }) {
  const t = useTexts(texts)
  const words = useTexts(situationWords)
  const { language } = useReading()
  const { details } = line
  const { phase, title, proposal_id, notice_id, market, reason } = details
  return (
    <>
      {(phase === 'emergency' || phase === 'recovery') && words.phases[phase]}
      {typeof title === 'string' && <span>{title} </span>}
      {line.action.startsWith('situation.centre-') && typeof reason === 'string' && <span>{reason} </span>}
      {typeof proposal_id === 'string' && <a href={`/proposals/${proposal_id}`}>{t.proposal}</a>}
      {typeof market === 'string' && <a href={`/activations/markets/${market}`}>{marketName(language, market)}</a>}
      <RoundLine action={line.action} details={details} />
      {typeof notice_id === 'string' && <a href={`/notices/${notice_id}`}>{t.notice}</a>}
    </>
  )
}

/** A person with the institution; what the program did by itself says so. */
function Who({ line }: { line: Line }) {
  const t = useTexts(texts)
  const { language } = useReading()
  if (!line.person_id) return t.program
  return (
    <>
      {named(language, { name_ja: line.who, name_en: line.who_en })}
      {line.institution_ja && (
        <Brackets>{named(language, { name_ja: line.institution_ja, name_en: line.institution_en })}</Brackets>
      )}
    </>
  )
}
