import { modeWords } from '#ground/html/modes.ts'
import { remove, type State, type Waiting } from './store.ts'
import { momentTexts, waitingTexts } from './texts.ts'

const language = document.documentElement.lang === 'en' ? 'en' : 'ja'
const t = waitingTexts[language]

/** The states after which the server shows what it found, and the person decides there. */
const toDecide: State[] = ['conflict', 'changed', 'too_old', 'ahead', 'invalid']

type Part = Node | string | null | undefined | false
/** An element with its attributes and content; text is always text. */
export function make(tag: string, attributes: Record<string, string>, ...parts: Part[]): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...parts.filter((part): part is Node | string => Boolean(part)))
  return element
}

export const button = (text: string, press: () => void, look = 'outline', danger = false): HTMLElement => {
  const made = make('button', { type: 'button', class: 'dads-button', 'data-type': look, 'data-size': 'md' }, text)
  if (danger) made.dataset.danger = ''
  made.addEventListener('click', press)
  return made
}

const link = (text: string, href: string, look = 'outline') =>
  make('a', { class: 'dads-button', 'data-type': look, 'data-size': 'md', href }, text)

/** 「首都直下地震」 with the word of a drill at both ends. */
function subject({ about }: Waiting): HTMLElement {
  const drill = about.mode === 'actual' ? '' : modeWords[language][about.mode]
  const mark = () => drill && make('b', { class: 'dads-emergency-banner__drill' }, drill)
  return make('span', {}, mark(), ` ${about.situation?.[language] ?? t.peacetime} `, mark())
}

/** The number of the secretariat, to be pressed on a phone. */
function call(phones: string[]): HTMLElement {
  const numbers = phones.flatMap((phone) => [
    ' ',
    make('a', { class: 'dads-time', href: `tel:${phone.replaceAll(/[^+0-9]/g, '')}` }, phone),
  ])
  return make('p', {}, make('b', {}, `${t.call}${language === 'ja' ? '：' : ': '}`), ...numbers)
}

/** One report that waits, or has arrived: what became of it, whose it is, and what can be done. */
export function card(report: Waiting, sendNow: () => void): HTMLElement {
  const { about, state, filed, written_at, key } = report
  const [title, next] = t.states[state]
  const facts = [
    [t.of, about.institution[language]],
    [t.by, about.person[language]],
    [t.written, momentTexts(language, written_at)],
    ...(filed ? [[t.received, momentTexts(language, filed.reported_at)]] : []),
  ]
  // Whoever is signed in instead does not read it.
  const said = state === 'other_person' ? [] : report.said
  return make(
    'article',
    { class: 'dads-card', 'data-report': state, ...(about.mode !== 'actual' && { 'data-mode': about.mode }) },
    make(
      'div',
      { class: 'dads-waiting', 'data-open': filed ? '0' : '1' },
      make('h2', {}, title),
      make('p', {}, make('b', {}, subject(report))),
      make('p', {}, next),
      state !== 'filed' && call(about.phones),
    ),
    summary(facts),
    said.length > 0 && make('h3', {}, t.said),
    said.length > 0 && (said[0]?.[0] ? summary(said) : make('p', {}, said[0]?.[1])),
    make(
      'div',
      { class: 'dads-buttons' },
      ...acts(report, sendNow),
      discard(key, filed ? t.dismiss : t.discard, !filed),
    ),
  )
}

const summary = (rows: string[][]) =>
  make(
    'dl',
    { class: 'dads-summary-list' },
    ...rows.map(([term = '', value = '']) =>
      make(
        'div',
        { class: 'dads-summary-list__row' },
        make('dt', { class: 'dads-summary-list__term' }, term),
        make('dd', { class: 'dads-summary-list__value dads-long-text' }, value),
      ),
    ),
  )

function acts(report: Waiting, sendNow: () => void): HTMLElement[] {
  const { state, filed } = report
  if (filed) return [link(t.see_filed, filed.path, 'solid-fill')]
  if (state === 'sign_in' || state === 'other_person') return [link(t.sign_in, signInPath(state), 'solid-fill')]
  if (toDecide.includes(state)) return [button(t.decide, () => openOnServer(report), 'solid-fill')]
  return state === 'closed' || state === 'sending' ? [] : [button(t.send, sendNow, 'solid-fill')]
}

/** Somebody else's session is asked to prove whose it is by signing in once more. */
const signInPath = (state: State) =>
  `/sign-in?next=${encodeURIComponent('/report/waiting')}${state === 'other_person' ? '&again=1' : ''}`

/** Posts it as a form of its own: the server's page says what it found, with the person's own words. */
function openOnServer({ action, fields, about, written_at }: Waiting) {
  const form = make('form', { method: 'post', action, hidden: '' }) as HTMLFormElement
  const own: [string, string][] = [
    ['written_by', about.person_id],
    ['written_at', new Date(written_at).toISOString()],
  ]
  for (const [name, value] of [...fields, ...own]) {
    const field = make('textarea', { name }) as HTMLTextAreaElement
    field.value = value
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}

/** What is lost is pressed twice. */
function discard(key: string, text: string, is_loss: boolean): HTMLElement {
  const made = button(text, () => {
    if (!is_loss || made.dataset.sure !== undefined) return void remove(key)
    made.dataset.sure = ''
    made.textContent = t.discard_sure
  })
  if (is_loss) made.dataset.danger = ''
  return made
}

/** A report in a line: what became of it, what it is about, and when. */
function line(report: Waiting): HTMLElement {
  const { about, state, filed, written_at, key } = report
  return make(
    'p',
    { 'data-state': state, 'data-mode': about.mode },
    make('b', {}, t.states[state][0]),
    ' ',
    subject(report),
    ` ${t.written} ${momentTexts(language, written_at)}`,
    filed && ` → ${t.received} ${momentTexts(language, filed.reported_at)} `,
    filed && make('a', { href: filed.path }, t.see_filed),
    filed && discard(key, t.dismiss, false),
  )
}

/** Above every page of the portal: what waits, and what has arrived since somebody looked. */
export function strip(reports: Waiting[]): HTMLElement {
  const open = reports.filter(({ filed }) => !filed)
  return make(
    'section',
    { id: 'waiting', class: 'dads-waiting', role: 'status', 'data-open': String(open.length) },
    open.length > 0 && make('p', {}, make('strong', {}, t.strip(open.length)), ' ', link(t.see, '/report/waiting')),
    ...reports.map(line),
  )
}

/** Asked before a sign-out would delete what waits. */
export function leaving(reports: Waiting[], { stay, leave }: { stay: () => void; leave: () => void }): HTMLElement {
  return make(
    'section',
    { id: 'leaving', class: 'dads-waiting', role: 'alertdialog', 'aria-labelledby': 'leaving-title', tabindex: '-1' },
    make('h2', { id: 'leaving-title' }, t.leaving(reports.length)),
    ...reports.map(line),
    make('p', {}, t.leaving_next),
    make('div', { class: 'dads-buttons' }, button(t.stay, stay, 'solid-fill'), button(t.leave, leave, 'outline', true)),
  )
}

/** The report neither left nor could be kept: the form stays as it is. */
export const full = (phones: string[]) =>
  make(
    'section',
    { id: 'waiting-full', class: 'dads-waiting', role: 'alert' },
    make('h2', {}, t.full),
    make('p', {}, t.full_next),
    call(phones),
  )
