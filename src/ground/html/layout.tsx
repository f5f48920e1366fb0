import type { ReactNode } from 'react'
import type { Label, Mode } from '#ground/db/tables.ts'
import { may } from '#ground/rights/may.ts'
import type { Topic } from '#ground/rights/topics.ts'
import { asset } from './assets.ts'
import { Header } from './header.tsx'
import { LabelLine } from './label.tsx'
import { inBoth } from './language.ts'
import { ModeBand } from './mode-band.tsx'
import { ModeMark } from './mode-mark.tsx'
import { markedTitle } from './modes.ts'
import { OpenSituations } from './open-situations.tsx'
import { useReading, useTexts } from './render.tsx'
import { SheetContext } from './sheet-line.tsx'
import { Sheets } from './sheets.tsx'

const texts = inBoth({
  ja: {
    product: '狼煙 Noroshi',
    skip: '本文へ移動',
    demo: 'デモ：人物・機関・データはすべて架空です',
    footer: '証券市場の業務継続ポータル',
    public: '公表ページ',
    demo_telegrams: 'デモの電文を流す',
    demo_mail: 'デモのメールを見る',
    sending: '送信中…',
    lost: '接続が切れています。この画面は最新ではない可能性があります。',
    updated: '画面を更新しました。',
    reload: '再読み込み',
  },
  en: {
    product: '狼煙 Noroshi',
    skip: 'Skip to content',
    demo: 'Demo: all people, firms and data are invented',
    footer: 'The business-continuity portal of a securities market',
    public: 'Public page',
    demo_telegrams: 'Play demo telegrams',
    demo_mail: 'See the demo mails',
    sending: 'Sending…',
    lost: 'Connection lost. This page may not be up to date.',
    updated: 'The page was updated.',
    reload: 'Reload',
  },
})

type Props = {
  title: string
  /**
   * The mode of what the page is about: its word stands beside the heading. An exercise or test says so in the title, on the
   * ground, and at both ends of the page, too. Undefined: it is about no event.
   */
  mode?: Mode | undefined
  /** The paths whose changes this page shows at once, such as `/situations/12`; at most twelve. */
  live?: Topic | readonly Topic[] | undefined
  /** When what is shown will have changed by the mere passing of time, such as the next report to expire. */
  refresh_at?: Date | null | undefined
  /** Who may read what the page shows (TLP 2.0); a page that shows nothing but its form has none. */
  label?: Label
  /** What stands here was given back to everyone of the market, whoever's it is. */
  is_for_all?: boolean
  /** What the page is about, where its title alone does not say it, such as the situation: each printed sheet names it. */
  about?: string | undefined
  /** For boards and tables that use the whole width of a desk. */
  wide?: boolean
  children: ReactNode
}

/** The frame of every page. */
export function Layout({ title, mode: own_mode, live, refresh_at, label, is_for_all, about, wide, children }: Props) {
  const { language, now, demo, reader } = useReading()
  const mode = own_mode ?? 'actual'
  const words = useTexts(texts)
  const topics = typeof live === 'string' ? [live] : live
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${markedTitle(language, mode, title)}｜${words.product}`}</title>
        <Sheets />
        <link rel="icon" href={asset(`sign-${mode}.svg`)} />
        <link rel="manifest" href="/noroshi.webmanifest" />
        <script type="module" src={asset('once.js')} />
        <script type="module" src={asset('ages.js')} />
        <script type="module" src={asset('waiting.js')} />
        {topics && <script type="module" src={asset('live.js')} />}
        {reader && may(reader, 'directory.see') && <script type="module" src={asset('find.js')} />}
      </head>
      <body data-mode={mode} data-event={own_mode} data-sending={words.sending} data-reports={asset('reports.js')}>
        <a href="#main" className="dads-skip-link">
          {words.skip}
        </a>
        <header>
          <ModeBand mode={mode} />
          {demo && <p className="dads-demo">{words.demo}</p>}
          <Header />
        </header>
        <OpenSituations own_mode={own_mode} />
        {topics && (
          <p
            id="live"
            className="dads-live"
            role="status"
            data-lost={words.lost}
            data-updated={words.updated}
            data-reload={words.reload}
          />
        )}
        <main
          id="main"
          tabIndex={-1}
          data-wide={wide ? '' : undefined}
          data-live={topics?.join(' ')}
          data-now={now.toISOString()}
          data-refresh-at={refresh_at?.toISOString()}
        >
          {label && <LabelLine label={label} is_for_all={is_for_all} />}
          {own_mode && <ModeMark mode={own_mode} />}
          <SheetContext value={{ title, about, mode: own_mode, label }}>{children}</SheetContext>
        </main>
        <footer>
          <div className="dads-footer">
            <p>
              <b>{words.product}</b>　{words.footer}
            </p>
            <p>
              {demo && (
                <>
                  {reader && may(reader, 'telegram.ingest') && (
                    <>
                      <a href="/demo/telegrams">{words.demo_telegrams}</a>{' '}
                    </>
                  )}
                  <a href="/demo/mail">{words.demo_mail}</a>{' '}
                </>
              )}
              <a href={language === 'ja' ? '/' : '/en/'}>{words.public}</a>
            </p>
          </div>
          <ModeBand mode={mode} />
        </footer>
      </body>
    </html>
  )
}
