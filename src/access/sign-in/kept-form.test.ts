import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fieldsOf } from '#simulate/index.ts'
import { noticeForm } from '#tests/kit/notice.ts'
import { wordsOf } from '#tests/kit/pages.ts'
import { sameOrigin, type TestSite, testSite, withCookies } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let now = new Date('2027-01-15T03:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
})
after(() => site.close())

const compose = '/notices/new?kind=command_centre'
let sent_so_far = 0
const sentFrom = (path: string) => ({ ...sameOrigin, referer: `http://localhost${path}` })

/** What a browser sends from the page that composes a notice, as somebody who was signed in when it opened. */
async function filledIn(client: Client) {
  const page = await (await client.get(compose)).text()
  const text_ja = `各機関は、"システム"の状況を\n確認してください。<至急> ${++sent_so_far}`
  return { ...fieldsOf(page, '/notices'), ...noticeForm({ text_ja, idempotency_key: crypto.randomUUID() }) }
}

/** Signs in with this browser, which keeps its other cookies. */
async function signIn(cookie: string | undefined, email: string) {
  const answer = await site.client(cookie).post('/sign-in', { email, password: 'noroshi-demo-2026' })
  assert.equal(answer.status, 303)
  return site.client(withCookies(cookie, answer))
}

const desk = 'desk@assoc.example'
/** Sends the form from a browser whose session is over in this way; gives the browser and where it was sent on to. */
async function sendAfter(ending: (client: Client) => Promise<void>) {
  const client = await site.signIn(desk)
  const form = await filledIn(client)
  await ending(client)
  const answer = await client.send('POST', '/notices', new URLSearchParams(form), sentFrom(compose))
  assert.equal(answer.status, 303)
  const cookie = withCookies(client.cookie, answer)
  return { cookie, to: answer.headers.get('location') ?? '', form }
}
const endings: Record<string, [(client: Client) => Promise<void>, RegExp]> = {
  'ended elsewhere': [
    async () => {
      const other = await site.signIn(desk)
      assert.equal((await other.post('/account/sessions/end-others')).status, 303)
    },
    /このサインインは終了しています/,
  ],
  'ran out': [
    async () => {
      now = new Date(now.getTime() + 2 * 3600_000)
    },
    /長く操作がなかったため/,
  ],
  'is unknown to the browser': [
    async (client) => {
      client.cookie = undefined
    },
    /このブラウザにサインインの記録がありませんでした/,
  ],
}

for (const [how, [ending, why]] of Object.entries(endings))
  test(`a form that is sent when the session ${how} waits, with the reason, and stands in its page again`, async () => {
    const { cookie, to, form } = await sendAfter(ending)
    const written = () =>
      site.db
        .selectFrom('notice')
        .select('id')
        .where('text_ja', '=', form.text_ja ?? '')
        .execute()
    const { searchParams } = new URL(to, 'http://localhost')
    assert.equal(searchParams.get('next'), compose)
    const asked = await (await site.client(cookie).get(to)).text()
    assert.match(wordsOf(asked), why)
    assert.match(wordsOf(asked), /登録されていません.*入力は残っています/)
    assert.doesNotMatch(asked, /至急/)
    // A wrong password in between does not lose it either.
    const wrong = await site.client(cookie).post('/sign-in', { email: desk, password: 'wrong', next: compose })
    assert.match(await wrong.text(), /入力は残っています/)

    const again = await signIn(cookie, desk)
    const page = await (await again.get(compose)).text()
    assert.match(wordsOf(page), /まだ送信されていません。入力は残っています/)
    const { form_of: _, ...filled } = fieldsOf(page, '/notices')
    assert.equal(filled.text_ja?.trim(), form.text_ja)
    assert.deepEqual([filled.subject_en, filled.severity], [form.subject_en, form.severity])
    assert.deepEqual(await written(), [])
    const sent = await again.post('/notices', { ...filled, form_of: _ ?? '' })
    assert.equal(sent.status, 303)
    again.cookie = withCookies(again.cookie, sent)
    assert.equal((await written()).length, 1)
    assert.deepEqual(await site.db.selectFrom('kept_form').select('id').execute(), [])
    assert.doesNotMatch(await (await again.get(compose)).text(), /入力は残っています/)
    assert.deepEqual(site.reported, [])
  })

test('another person who signs in with that browser, or the person with another, does not see it', async () => {
  const { cookie } = await sendAfter(endings['ended elsewhere']![0])
  const deputy = await signIn(cookie, 'desk-deputy@assoc.example')
  assert.doesNotMatch(await (await deputy.get(compose)).text(), /入力は残っています|至急/)
  const elsewhere = await site.signIn(desk)
  assert.doesNotMatch(await (await elsewhere.get(compose)).text(), /入力は残っています|至急/)
  // In the database it cannot be read.
  const [row] = await site.db.selectFrom('kept_form').selectAll().execute()
  assert.ok(row && !row.sealed.includes('至急'))
  const own = await signIn(cookie, desk)
  assert.match(await (await own.get(compose)).text(), /入力は残っています/)
  const dropped = await own.post('/sign-in/kept', { back: compose })
  assert.equal(dropped.headers.get('location'), compose)
  assert.deepEqual(await site.db.selectFrom('kept_form').select('id').execute(), [])
})

for (const [minutes, is_there] of [
  [12 * 60 - 1, true],
  [12 * 60 + 1, false],
] as const)
  test(`after ${minutes} minutes it is ${is_there ? 'still there' : 'gone'}`, async () => {
    const { cookie } = await sendAfter(endings['ran out']![0])
    now = new Date(now.getTime() + minutes * 60_000)
    const own = await signIn(cookie, desk)
    assert.equal(/入力は残っています|至急/.test(await (await own.get(compose)).text()), is_there)
    await site.db.deleteFrom('kept_form').execute()
  })

test('of one person no more than five wait', async () => {
  for (let more = 0; more < 7; more++) await sendAfter(endings['ran out']![0])
  assert.equal((await site.db.selectFrom('kept_form').select('id').execute()).length, 5)
  await site.db.deleteFrom('kept_form').execute()
})

test('only what this program drew for somebody is kept, and never a password', async () => {
  const client = await site.signIn(desk)
  const { form_of = '', ...form } = await filledIn(client)
  const to = async (mark: Record<string, string>) =>
    (await site.nobody.post('/notices', { ...form, ...mark })).headers.get('location')
  assert.equal(await to({}), '/sign-in')
  assert.equal(await to({ form_of: form_of.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) }), '/sign-in')
  assert.deepEqual(await site.db.selectFrom('kept_form').select('id').execute(), [])

  const answer = await site.nobody.send(
    'POST',
    '/account/password',
    new URLSearchParams({ form_of, password: 'an old secret phrase', new_password: 'a new secret phrase' }),
    sentFrom('/account/password'),
  )
  const own = await signIn(withCookies(undefined, answer), desk)
  const page = await (await own.get('/account/password')).text()
  assert.match(page, /入力は残っています/)
  assert.doesNotMatch(page, /secret phrase/)
  await site.db.deleteFrom('kept_form').execute()
})

test('where the form is not on its page any more, the words stand above it and can be sent', async () => {
  const client = await site.signIn(desk)
  const { form_of = '' } = await filledIn(client)
  const answer = await site.nobody.send(
    'POST',
    '/proposals/00000000-0000-4000-8000-000000000000/set-aside',
    new URLSearchParams({ form_of, reason: 'もう 見送ってよい' }),
    sentFrom('/home'),
  )
  const own = await signIn(withCookies(undefined, answer), desk)
  const page = await (await own.get('/home')).text()
  assert.match(wordsOf(page), /元の入力欄は今この画面にない/)
  const fields = fieldsOf(page, '/proposals/00000000-0000-4000-8000-000000000000/set-aside')
  assert.equal(fields.reason?.trim(), 'もう 見送ってよい')
})
