import { may } from '#ground/rights/may.ts'
import { inBoth, named } from './language.ts'
import { type NavigationItem, navigation, roleWords } from './navigation.ts'
import { useReading, useTexts } from './render.tsx'

const texts = inBoth({
  ja: {
    product: '狼煙',
    menu: 'メニュー',
    waiting: '要対応',
    pages: '主なページ',
    more: '準備・管理',
    sign_out: 'サインアウト',
    account: 'アカウント',
    find: '機関を探す',
  },
  en: {
    product: '狼煙',
    menu: 'Menu',
    waiting: 'To do',
    pages: 'Main pages',
    more: 'Administration',
    sign_out: 'Sign out',
    account: 'Account',
    find: 'Find an institution',
  },
})

/** Product, reader, language and the pages this reader may open; on a phone all of it but the product folds into a menu. */
export function Header() {
  const { reader } = useReading()
  const words = useTexts(texts)
  return (
    <div className="dads-header">
      <div className="dads-header__bar">
        <a className="dads-header__product" href={reader ? '/home' : '/sign-in'}>
          <Beacon />
          <span>
            {words.product} <span lang="en">Noroshi</span>
          </span>
        </a>
        {reader ? (
          <>
            <Waiting />
            <div className="dads-header__desk">
              <Find />
              <Reader />
            </div>
            <details className="dads-header__menu">
              <summary>{words.menu}</summary>
              <div className="dads-header__sheet">
                <Find />
                <Pages />
                <Reader />
              </div>
            </details>
          </>
        ) : (
          <div className="dads-header__reader">
            <LanguageSwitch />
          </div>
        )}
      </div>
      {reader && (
        <div className="dads-header__desk">
          <Pages />
        </div>
      )}
    </div>
  )
}

/** How many things wait for the reader, with the way to them; there even when there are none, so that it can come to say so. */
function Waiting() {
  const { waiting = 0 } = useReading()
  const words = useTexts(texts)
  return (
    <p id="to-do" className="dads-header__waiting" hidden={waiting === 0}>
      <a href="/home#next">
        <span>{words.waiting}</span> <b>{waiting}</b>
      </a>
    </p>
  )
}

/** Whoever rings up is found from every page: a name, a reading or a code leads to how they stand, their phones and what to do. */
function Find() {
  const { reader } = useReading()
  const words = useTexts(texts)
  if (!reader || !may(reader, 'directory.see')) return null
  return (
    <search>
      <form method="get" action="/find" className="dads-find" noValidate>
        <input name="q" type="search" aria-label={words.find} placeholder={words.find} maxLength={100} />
      </form>
    </search>
  )
}

function Pages() {
  const { reader, path } = useReading()
  const words = useTexts(texts)
  if (!reader) return null
  const { pages, folded } = navigation(reader)
  return (
    <nav className="dads-header__pages" aria-label={words.pages}>
      <ul>
        <Entries items={pages} />
        {folded.length > 0 && (
          <li>
            <details className="dads-header__more">
              <summary aria-current={folded.some(({ href }) => isAt(path, href)) ? 'true' : undefined}>
                {words.more}
              </summary>
              <ul>
                <Entries items={folded} />
              </ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  )
}

function Entries({ items }: { items: readonly NavigationItem[] }) {
  const { language, path } = useReading()
  return items.map(({ href, text }) => (
    <li key={href}>
      <a href={href} aria-current={isAt(path, href)}>
        {text[language]}
      </a>
    </li>
  ))
}

/** `page` on the page itself, `true` on a page below it. */
function isAt(path: string, href: string): 'page' | 'true' | undefined {
  const [here = ''] = path.split('?')
  if (here === href) return 'page'
  return here.startsWith(`${href}/`) ? 'true' : undefined
}

function Reader() {
  const { reader, language } = useReading()
  const words = useTexts(texts)
  if (!reader) return null
  return (
    <div className="dads-header__reader">
      <p className="dads-header__name">
        {named(language, reader)}
        <span className="dads-header__role">{reader.roles.map((role) => roleWords[language][role]).join(' / ')}</span>
      </p>
      <a className="dads-link-button" href="/account">
        {words.account}
      </a>
      <LanguageSwitch />
      <form method="post" action="/sign-out">
        <button type="submit" className="dads-link-button">
          {words.sign_out}
        </button>
      </form>
    </div>
  )
}

/** To the same page in the other language. */
function LanguageSwitch() {
  const { language, path } = useReading()
  const other = language === 'ja' ? 'en' : 'ja'
  return (
    <form method="post" action="/language">
      <input type="hidden" name="language" value={other} />
      <input type="hidden" name="back" value={path} />
      <button type="submit" className="dads-link-button" lang={other}>
        {other === 'ja' ? '日本語' : 'English'}
      </button>
    </form>
  )
}

const Beacon = () => (
  <svg className="dads-header__mark" viewBox="0 0 32 32" aria-hidden="true">
    <path d="M14.5 2c4 3 1 6 4 8.5s2 6-1.5 8c1.5-3-1-4.5-2-6.5-1.5-3.2 1.5-6-.5-10z" opacity=".55" />
    <path d="M16 12c5 3.5 6 7 3.5 11h-7C10 19 13 17.5 12.5 14c1.7.7 2.7 2 3 3.5.8-1.5 1-3.5.5-5.5z" />
    <path d="M8 24h16l2.5 6h-21z" />
  </svg>
)
