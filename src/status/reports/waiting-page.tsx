import { asset } from '#ground/html/assets.ts'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Sheets } from '#ground/html/sheets.tsx'

const texts = inBoth({
  ja: {
    title: '未送信の報告',
    none: 'この端末に、未送信の報告はありません。',
    rules:
      '報告を送れなかったときだけ、この端末に残します。10件まで残り、記入から24時間以内につながれば自動で1回だけ送ります。7日を過ぎるか、サインアウトすると消えます。入力の途中は残しません。',
    home: 'ホームへ進む',
    demo: 'デモ：人物・機関・データはすべて架空です',
  },
  en: {
    title: 'Reports not yet sent',
    none: 'No report waits on this device.',
    rules:
      'A report is kept on this device only when it could not be sent: up to 10 of them. It is sent once, by itself, if there is a connection within 24 hours of writing it. It is deleted after 7 days, or when you sign out. What you have not submitted is not kept.',
    home: 'Go to the home page',
    demo: 'Demo: all people, firms and data are invented',
  },
})

/**
 * The reports that wait on this device: the page says nothing of anyone, its script reads them from the device. It stands in
 * no frame, because the device keeps the page, too, and menu and open situations would be old in a copy.
 */
export function WaitingPage() {
  const t = useTexts(texts)
  const { language, demo } = useReading()
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${t.title}｜狼煙 Noroshi`}</title>
        <Sheets />
        <link rel="icon" href="data:," />
        <script type="module" src={asset('reports.js')} />
      </head>
      <body data-mode="actual">
        {demo && (
          <header>
            <p className="dads-demo">{t.demo}</p>
          </header>
        )}
        <main id="main">
          <h1>{t.title}</h1>
          <div id="reports" />
          <p id="no-reports">{t.none}</p>
          <p>{t.rules}</p>
          <p>
            <a href="/home">{t.home}</a>
          </p>
        </main>
      </body>
    </html>
  )
}
