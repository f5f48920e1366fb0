import type { FunctionCode } from '#ground/db/tables.ts'
import { Chip, Chips } from '#ground/html/chip.tsx'
import { type Language, named } from '#ground/html/language.ts'
import { Time, UntilBeside } from '#ground/html/time.tsx'
import type { ListColumn } from '#ground/lists/listing.tsx'
import { markets, statusWords } from '#ground/market/words.ts'
import { bcpLooks } from '#status/board/index.ts'
import type { Content } from './sought.ts'
import { operatingTexts } from './texts.tsx'
import type { ToldLine } from './told.ts'

type Of = { content: Content; own: string; function_code?: FunctionCode | null }

/** The columns of the page and of its file: who, how they work, their plan, and from when to when that holds. */
export function operatingColumns(
  language: Language,
  { content, own, function_code = null }: Of,
): ListColumn<ToldLine>[] {
  const t = operatingTexts[language]
  const words = statusWords[language]
  const { not_reported, not_asked, no_functions } = words
  const states = { ...words.conditions, not_reported, not_asked, no_functions }
  const bcp = { ...words.bcp, unknown: words.conditions.unknown, not_reported, not_asked }
  const shownOf = ({ functions }: ToldLine) =>
    functions?.filter(({ code }) => !function_code || code === function_code) ?? []
  const marketsOf = (line: ToldLine) =>
    markets
      .filter((each) => line.markets.includes(each))
      .map((each) => words.markets[each])
      .join(t.comma)
  const wordOf = ({ code, state, last }: ReturnType<typeof shownOf>[number]) =>
    `${words.functions[code]} ${states[state]}${last ? t.last(words.conditions[last]) : ''}`
  const name: ListColumn<ToldLine> = {
    head: t.institution,
    cell: (line) => (
      <>
        <a href={`/contact-points/${line.id}`}>{named(language, line)}</a>
        {line.id === own && t.own}
      </>
    ),
    text: (line) => `${line.code} ${named(language, line)}`,
  }
  const functions: ListColumn<ToldLine> = {
    head: t.functions,
    cell: (line) => {
      if (line.functions === null) return t.nothing
      if (line.functions.length === 0) return line.has_said ? t.no_functions : t.nothing
      const chips = line.has_said
        ? shownOf(line).map((each) => (
            <Chip key={each.code} look={each.last ? 'expired' : each.state}>
              {wordOf(each)}
            </Chip>
          ))
        : [<Silent key="silent" line={line} language={language} />]
      return (
        <>
          <Chips>{chips}</Chips>
          {line.markets.length > 0 && <p className="dads-note">{marketsOf(line)}</p>}
        </>
      )
    },
    text: (line) =>
      line.functions === null
        ? ''
        : line.functions.length === 0
          ? line.has_said
            ? t.no_functions
            : ''
          : shownOf(line).map(wordOf).join(t.comma),
  }
  const plan: ListColumn<ToldLine> = {
    head: t.bcp,
    cell: (line) => (line.bcp === null ? t.nothing : <Chip look={bcpLooks[line.bcp]}>{bcp[line.bcp]}</Chip>),
    text: (line) => (line.bcp === null ? '' : bcp[line.bcp]),
  }
  const times: ListColumn<ToldLine>[] = [
    {
      head: t.said_at,
      cell: ({ said_at, is_after_return }) =>
        said_at ? (
          <>
            <Time at={said_at} />
            {is_after_return && (
              <>
                {' '}
                <b>{t.after_return}</b>
              </>
            )}
          </>
        ) : (
          t.nothing
        ),
      text: ({ said_at }) => said_at,
    },
    {
      head: t.next_update,
      cell: ({ next_update_at: due }) =>
        due ? (
          <>
            <Time at={due} />
            <UntilBeside at={due} />
          </>
        ) : (
          t.nothing
        ),
      text: ({ next_update_at }) => next_update_at,
    },
  ]
  return content === 'bcp-status' ? [name, plan, ...times] : [name, functions, plan, ...times]
}

function Silent({ line, language }: { line: ToldLine; language: Language }) {
  const { not_reported, not_asked } = statusWords[language]
  const is_asked = line.functions?.some(({ state }) => state === 'not_reported')
  return <Chip look={is_asked ? 'not_reported' : 'not_asked'}>{is_asked ? not_reported : not_asked}</Chip>
}
