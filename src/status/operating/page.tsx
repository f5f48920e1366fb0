import type { ReactNode } from 'react'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { HiddenFields, Select, TextInput } from '#ground/html/forms.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { Listing } from '#ground/lists/listing.tsx'
import type { Counted } from '#ground/lists/paged.ts'
import { functionCodes, markets } from '#ground/market/words.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { ActivationBand, type MarketState } from '#status/activations/index.ts'
import { bcpColumns, useStateWords, views } from '#status/board/index.ts'
import { isByName } from '#status/member-view/index.ts'
import type { SituationView } from '#status/situations/index.ts'
import { operatingColumns } from './columns.tsx'
import { type Content, contents, fieldsOf, type Sought, stateChoices } from './sought.ts'
import { operatingTexts } from './texts.tsx'
import type { Picture, ToldLine } from './told.ts'

export type Of = {
  situation: SituationView | null
  content: Content
  /** Open situations whose board was returned: each has a page of its own. */
  returned: readonly string[]
  may_report: boolean
  /** How the BCP of each market stands; empty beside the operating status. */
  bcps: readonly MarketState[]
}

export const pathOf = (situation: { id: string } | null, content: Content) =>
  `${situation ? `/situations/${situation.id}` : ''}/${content}`

/** Who works today, by name, as each member may know it. */
export function OperatingPage({
  picture,
  found,
  sought,
  own,
  ...of
}: Of & { picture: Picture; found: Counted<ToldLine>; sought: Sought; own: string }) {
  const t = useTexts(operatingTexts)
  const { language, now, reader } = useReading()
  const { situation, content } = of
  const { view, function_code } = sought
  const path = pathOf(situation, content)
  const is_hidden = view === 'participants' && !isByName(picture.shown)
  return (
    <Frame {...of} refresh_at={situation?.closed_at ? null : picture.refresh_at}>
      <p>
        {!situation && <>{t.standing}　</>}
        {situation?.closed_at
          ? t.closed(<Time at={situation.closed_at} with_date />)
          : t.as_of(
              <b>
                <Time at={now} />
              </b>,
            )}
        {situation?.returned_at && (
          <>
            <br />
            {t.returned(
              <b>
                <Time at={situation.returned_at} />
              </b>,
            )}
          </>
        )}
      </p>
      {!situation && <OpenOnes {...of} />}
      <nav className="dads-tabs" aria-label={t.choose_site}>
        {(content === 'bcp-status' ? views : views.toReversed()).map((each) => (
          <Tab
            key={each}
            is_current={each === view}
            href={listAddress(path, { ...fieldsOf({ ...sought, view: each }), state: null, bcp: null })}
          >
            {t.sites[each]}
          </Tab>
        ))}
      </nav>
      {is_hidden ? (
        <Banner kind="info" title={t.counts_only}>
          <p>{t.counts_next}</p>
        </Banner>
      ) : (
        <Listing
          path={path}
          caption={t.caption(t.sites[view], found.count)}
          columns={operatingColumns(language, { content, own, function_code })}
          found={found}
          rowKey={({ id }) => id}
          empty={{ title: t.empty, next: t.empty_next }}
          asked={fieldsOf(sought)}
          has_csv
          search={{
            act: t.act,
            nothing: { title: t.none, next: t.none_next, all: t.all },
            fields: <Fields sought={sought} />,
          }}
        />
      )}
      <p className="dads-note">
        {t.source}
        {reader && may(reader, 'board.see-all') && ` ${t.desk}`}
      </p>
      <Onward situation={situation} />
    </Frame>
  )
}

function Fields({ sought: { content, view, market, function_code, state, bcp, q } }: { sought: Sought }) {
  const t = useTexts(operatingTexts)
  const { words, states, bcp: plans } = useStateWords()
  const any = { empty: t.any }
  return (
    <>
      <HiddenFields fields={{ view }} />
      <TextInput type="search" name="q" label={t.q} value={q} width="half" maxLength={100} />
      <Select
        {...any}
        name="market"
        label={t.market}
        value={market ?? ''}
        options={markets.map((value) => ({ value, text: words.markets[value] }))}
      />
      {content === 'operating-status' ? (
        <>
          <Select
            {...any}
            name="function"
            label={t.function}
            value={function_code ?? ''}
            options={functionCodes.map((value) => ({ value, text: words.functions[value] }))}
          />
          <Select
            {...any}
            name="state"
            label={t.state}
            value={state ?? ''}
            options={stateChoices.map((value) => ({ value, text: value === 'able' ? t.able : states[value] }))}
          />
        </>
      ) : (
        <Select
          {...any}
          name="bcp"
          label={t.bcp}
          value={bcp ?? ''}
          options={bcpColumns.map((value) => ({ value, text: plans[value] }))}
        />
      )}
    </>
  )
}

/** Why nothing stands here yet, and what to do meanwhile. */
export function NoPicturePage({ why, ...of }: Of & { why: 'not_returned' | 'not_offered' | 'held' }) {
  const t = useTexts(operatingTexts)
  const { situation, may_report } = of
  const place = situation ? `/situations/${situation.id}` : ''
  return (
    <Frame {...of} refresh_at={null}>
      <Banner kind="info" title={t.not_returned}>
        <p>{why === 'not_returned' ? t.not_returned_next : t[why]}</p>
      </Banner>
      {!situation && <OpenOnes {...of} />}
      <Buttons>
        <ButtonLink href="/contact-points" kind="solid-fill">
          {t.contact_points}
        </ButtonLink>
        {may_report && <ButtonLink href={`${place}/report`}>{t.report}</ButtonLink>}
        <ButtonLink kind="text" href={`${place}/board`}>
          {t.see_board}
        </ButtonLink>
      </Buttons>
    </Frame>
  )
}

/** What is real and what is a drill is never in one list: each open situation has its own. */
function OpenOnes({ content, returned }: Of) {
  const t = useTexts(operatingTexts)
  const { language, open } = useReading()
  if (open.length === 0) return null
  return (
    <Banner kind="info" title={t.open}>
      <ul>
        {open.map((one) => (
          <li key={one.id}>
            <a href={pathOf(one, content)}>
              {markedTitle(language, one.mode, language === 'en' ? one.title_en : one.title_ja)}
            </a>
            {!returned.includes(one.id) && t.not_returned_yet}
          </li>
        ))}
      </ul>
    </Banner>
  )
}

function Onward({ situation }: { situation: SituationView | null }) {
  const t = useTexts(operatingTexts)
  return (
    <ul>
      <li>
        <a href={situation ? `/situations/${situation.id}/board` : '/board'}>{t.board}</a>
      </li>
      <li>
        <a href="/contact-points">{t.contact_points}</a>
      </li>
      <li>
        <a href="/activations">{t.markets}</a>
      </li>
      <li>
        <a href="/member-view">{t.setting}</a>
      </li>
    </ul>
  )
}

function Frame({
  situation,
  content,
  bcps,
  refresh_at,
  children,
}: Of & { refresh_at: Date | null; children: ReactNode }) {
  const t = useTexts(operatingTexts)
  const { language } = useReading()
  const title = t.titles[content]
  const name = situation && (language === 'en' ? situation.title_en : situation.title_ja)
  // A line about any report, whatever its situation, tells the standing picture too.
  const live = situation ? ([`/situations/${situation.id}`] as const) : (['/board', '/situations'] as const)
  return (
    <Layout
      title={name ? `${title}　${name}` : title}
      mode={situation?.mode}
      live={[...live, '/member-view', '/activations']}
      refresh_at={refresh_at}
      label={labelOf['board.returned']}
      is_for_all
      wide
    >
      {situation && (
        <p>
          <a href={`/situations/${situation.id}`}>{name}</a>
        </p>
      )}
      <h1>{title}</h1>
      <nav className="dads-tabs" aria-label={t.contents}>
        {contents.map((each) => (
          <Tab key={each} is_current={each === content} href={pathOf(situation, each)}>
            {t.titles[each]}
          </Tab>
        ))}
      </nav>
      {bcps.length > 0 && <ActivationBand states={bcps} />}
      {children}
    </Layout>
  )
}

const Tab = ({ is_current, href, children }: { is_current: boolean; href: string; children: ReactNode }) => (
  <a
    className="dads-button"
    data-type="outline"
    data-size="md"
    aria-current={is_current ? 'page' : undefined}
    href={href}
  >
    {children}
  </a>
)
