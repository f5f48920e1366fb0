import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { dayAt } from '#ground/html/day.tsx'
import { formLists, formValues, problemsOf, readForm } from '#ground/html/form-data.ts'
import { csv, csv_rows_max } from '#ground/lists/csv.ts'
import { paged } from '#ground/lists/paged.ts'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, must } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { OfficialNoticesPage, officialNoticeColumns } from './list-page.tsx'
import { NewOfficialNoticePage } from './new-page.tsx'
import { OfficialNoticePage } from './pages.tsx'
import { followable, officialNotices, readFilter, readOfficialNotice } from './queries.ts'
import { failedMessages, type NotRegistered, OfficialNoticeForm, registerOfficialNotice } from './register-notice.ts'
import { officialNoticeTexts } from './texts.ts'

const per_page = 50

export const officialNoticeRoutes = new Hono<AppEnv>()

const filterOf = (c: Context<AppEnv>) => readFilter((name) => c.req.query(name))
const todayOf = (c: Context<AppEnv>) => dayAt(c.var.tools.clock())

officialNoticeRoutes.get('/official-notices', async (c) => {
  const by = readerOf(c)
  const filter = filterOf(c)
  const found = await paged(officialNotices(c.var.tools.db, by, filter, todayOf(c)), partAsked(c), per_page)
  return page(c, <OfficialNoticesPage {...{ found, filter }} may_register={may(by, 'official-notice.register')} />)
})

officialNoticeRoutes.get('/official-notices.csv', async (c) => {
  const { tools, language } = c.var
  const today = todayOf(c)
  return csv(c, {
    name: officialNoticeTexts[language].list,
    columns: officialNoticeColumns(language, today),
    rows: await officialNotices(tools.db, readerOf(c), filterOf(c), today).limit(csv_rows_max).execute(),
    label: ({ label }) => label,
  })
})

officialNoticeRoutes.get('/official-notices/new', async (c) => {
  must(readerOf(c), 'official-notice.register')
  const { db } = c.var.tools
  const before = await followable(db)
  // What an extension begins with is what it extends.
  const followed = before.find(({ id }) => id === c.req.query('follows'))
  const first = followed && (await readOfficialNotice(db, readerOf(c), followed.id))
  const { values, lists } = first
    ? {
        values: {
          ...{ kind: first.kind, issuer: first.issuers.join('\n'), title: first.title, law: first.law },
          ...{ places: first.places, label: first.label, situation_id: first.situation_id ?? '' },
          ...{ period_from: first.period_from ?? '', follows_id: first.id, follows_how: 'extends' },
        },
        lists: {
          ...{ prefectures: first.prefectures, to_kinds: first.to_kinds, to_memberships: first.to_memberships },
        },
      }
    : { values: {}, lists: {} }
  return page(
    c,
    <NewOfficialNoticePage
      values={{ ...values, idempotency_key: randomUUID() }}
      {...{ lists, before }}
      situations={c.var.open}
    />,
  )
})

officialNoticeRoutes.post('/official-notices', async (c) => {
  const by = readerOf(c)
  must(by, 'official-notice.register')
  const { tools, language } = c.var
  const posted = await readForm(c.req.raw)
  const [values, lists] = [await formValues(posted), await formLists(posted)]
  const again = async (problems: Record<string, string>, status: 409 | 422 = 422) => {
    // A form without its key is a form without a first press: it gets one now.
    const { idempotency_key = '', ...shown } = problems
    const key = idempotency_key ? randomUUID() : values.idempotency_key
    return page(
      c,
      <NewOfficialNoticePage
        values={{ ...values, idempotency_key: key ?? '' }}
        lists={lists}
        problems={shown}
        situations={c.var.open}
        before={await followable(tools.db)}
      />,
      status,
    )
  }
  const chosen = { prefectures: lists.prefectures, to_kinds: lists.to_kinds, to_memberships: lists.to_memberships }
  const form = OfficialNoticeForm(language).safeParse({ ...values, ...chosen })
  if (!form.success) return again(problemsOf(form.error))
  const registered = await registerOfficialNotice(tools, by, form.data)
  if (!('failed' in registered)) return c.redirect(`/official-notices/${registered.id}`, 303)
  const say = failedMessages(language)
  if (registered.failed === 'issuers') return again({ issuer: say.issuers(registered.before) })
  return again({ [fieldOf[registered.failed]]: say[registered.failed] }, registered.failed === 'followed' ? 409 : 422)
})

const fieldOf: Record<Exclude<NotRegistered['failed'], 'issuers'>, string> = {
  situation: 'situation_id',
  followed: 'follows_id',
  mode: 'follows_id',
  gone: 'follows_id',
  label: 'label',
}

officialNoticeRoutes.get('/official-notices/:id', async (c) => {
  const by = readerOf(c)
  const notice = await readOfficialNotice(c.var.tools.db, by, c.req.param('id'))
  return page(
    c,
    <OfficialNoticePage
      notice={notice}
      may_pass_on={may(by, 'notice.draft')}
      may_register={may(by, 'official-notice.register')}
    />,
  )
})
