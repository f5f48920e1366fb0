import { Chip, Chips } from '#ground/html/chip.tsx'
import { LongText } from '#ground/html/frame.tsx'
import { LabelLine } from '#ground/html/label.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { alternativeWords, damageFields, functionCodes, statusWords } from '#ground/market/words.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { ReportView } from './queries.ts'

const texts = inBoth({
  ja: {
    conditions: '業務の状況',
    no_functions: '業務の登録がありません',
    damage: '被害',
    bcp: 'BCP',
    command_centre: '対策本部',
    resumption_at: '再開見込み',
    text: '補足',
    not_known: '未定',
    later: '未報告（詳しくは後で）',
    none: 'なし',
    withheld: '（この欄は読めません）',
  },
  en: {
    conditions: 'Functions',
    no_functions: 'No functions are registered',
    damage: 'Damage',
    bcp: 'BCP',
    command_centre: 'Command centre',
    resumption_at: 'Expected resumption',
    text: 'Remarks',
    not_known: 'Not yet known',
    later: 'Not reported (details to follow)',
    none: 'None',
    withheld: '(Not for you to read)',
  },
})

type Said = Pick<
  ReportView,
  | (typeof functionCodes)[number]
  | (typeof damageFields)[number]
  | 'bcp'
  | 'command_centre'
  | 'resumption_at'
  | 'alternative_from'
  | 'alternative_other'
  | 'normal_at'
  | 'text'
  | 'label'
> & { superseded_by?: string | null }

/** What a report says, one thing a line; struck through once another has taken its place. */
export function ReportContent({ report }: { report: Said }) {
  const t = useTexts(texts)
  const words = useTexts(statusWords)
  const { language } = useReading()
  const functions = functionCodes.flatMap((code) => {
    const state = report[code]
    return state ? [<Chip key={code} look={state}>{`${words.functions[code]} ${words.conditions[state]}`}</Chip>] : []
  })
  return (
    <SummaryList
      items={[
        { term: t.conditions, value: functions.length > 0 ? <Chips>{functions}</Chips> : t.no_functions },
        ...(functionCodes.some((code) => report[code] === 'alternative')
          ? [
              {
                term: words.alternative_from,
                value: alternativeWords(language, report) ?? t.later,
              },
              { term: words.normal_at, value: report.normal_at ? <Time at={report.normal_at} /> : t.not_known },
            ]
          : []),
        {
          term: t.damage,
          value: (
            <Chips>
              {damageFields.map((field) => (
                <Chip
                  key={field}
                  look={report[field]}
                >{`${words.damage_fields[field]} ${words.damages[report[field]]}`}</Chip>
              ))}
            </Chips>
          ),
        },
        { term: t.bcp, value: words.bcp[report.bcp] },
        { term: t.command_centre, value: words.command_centre[report.command_centre] },
        { term: t.resumption_at, value: report.resumption_at ? <Time at={report.resumption_at} /> : t.not_known },
        { term: t.text, value: <Remarks report={report} /> },
      ].map(({ term, value }) => ({ term, value: report.superseded_by ? <del>{value}</del> : value }))}
    />
  )
}

/** The remarks with who may read them; to anyone else they are not told, only that there may be some. */
function Remarks({ report: { text, label } }: { report: Pick<Said, 'text' | 'label'> }) {
  const t = useTexts(texts)
  if (text === '') return t.none
  return (
    <>
      {label !== labelOf.report && <LabelLine label={label} />}
      {text === null ? t.withheld : <LongText>{text}</LongText>}
    </>
  )
}
