import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { formValues, problemsOf } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { partAsked } from '#ground/lists/wanted.ts'
import { may, mayIn, NotAllowed, NotFound } from '#ground/rights/may.ts'
import { scopeOf } from '#ground/rights/person.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { endAccount } from './end-account.ts'
import { EndAccountPage, EndRolePage } from './end-pages.tsx'
import { endRole } from './end-role.ts'
import { waitingFor } from './entry-queries.ts'
import { EndForm, GrantForm, refusalWords, SignOutForm } from './forms.ts'
import { grantRole } from './grant-role.ts'
import { PeoplePage } from './people-page.tsx'
import { PersonPage } from './person-page.tsx'
import { accountToActOn, lastSignIns, listPeople, mustDecide, personOfGrant, readAccount, tiesOf } from './queries.ts'
import { rolesInHandOf } from './rules.ts'
import { signOutPerson } from './sign-out-person.ts'

const per_page = 50

export const peopleRoutes = new Hono<AppEnv>()

/** Who decides about nobody is told so before being asked who they are; the others prove it. */
const decides: MiddlewareHandler<AppEnv> = (c, next) => {
  mustDecide(readerOf(c))
  return confirmed(null)(c, next)
}
const ends: MiddlewareHandler<AppEnv> = (c, next) => {
  mustEnd(c)
  return confirmed(null)(c, next)
}

peopleRoutes.get('/people', async (c) => {
  const by = readerOf(c)
  mustDecide(by)
  const { db, whole } = c.var.tools
  const q = (c.req.query('q') ?? '').replaceAll('\0', '').slice(0, 100)
  const found = await listPeople(db, by, { q, wanted: partAsked(c), per_page })
  const signed_in = await lastSignIns(
    whole,
    found.rows.map(({ id }) => id),
  )
  const sees_all = may(by, 'role.grant')
  return page(c, <PeoplePage {...{ found, signed_in, q, sees_all }} />)
})

peopleRoutes.get('/people/:id', (c) => {
  mustDecide(readerOf(c))
  return showPerson(c, c.req.param('id'))
})

peopleRoutes.post('/people/:id/roles', decides, async (c) => {
  const by = readerOf(c)
  const id = c.req.param('id')
  await accountToActOn(c.var.tools.db, by, 'role.grant', id)
  const values = await formValues(c.req.raw)
  const form = GrantForm(c.var.language).safeParse(values)
  if (!form.success) return showPerson(c, id, values, problemsOf(form.error))
  const refused = await grantRole(c.var.tools, by, id, form.data)
  if (refused) return showPerson(c, id, values, { role: refusalWords[c.var.language][refused.failed] })
  return c.redirect(`/people/${id}`, 303)
})

peopleRoutes.get('/people/:id/end', async (c) => {
  const by = readerOf(c)
  mustEnd(c)
  const account = await readAccount(c.var.tools.db, by, c.req.param('id'))
  if (account.left_at) return c.redirect(`/people/${account.id}`, 303)
  return page(c, <EndAccountPage account={account} ties={await tiesFor(c, account.id)} />)
})

peopleRoutes.post('/people/:id/end', ends, async (c) => {
  const by = readerOf(c)
  const { tools, language } = c.var
  const account = await accountToActOn(tools.db, by, 'person.end', c.req.param('id'))
  const values = await formValues(c.req.raw)
  const again = async (problems: Problems) =>
    page(c, <EndAccountPage {...{ account, values, problems }} ties={await tiesFor(c, account.id)} />, 422)
  const form = EndForm(language).safeParse(values)
  if (!form.success) return again(problemsOf(form.error))
  const refused = await endAccount(tools, by, account.id, form.data)
  return refused ? again({ reason: refusalWords[language][refused.failed] }) : c.redirect(`/people/${account.id}`, 303)
})

peopleRoutes.post('/people/:id/sessions/end', ends, async (c) => {
  const { tools, language, session } = c.var
  const id = c.req.param('id')
  if (!session) throw new Error('This route is not behind signedIn')
  const values = await formValues(c.req.raw)
  const form = SignOutForm(language).safeParse(values)
  if (!form.success) {
    await accountToActOn(tools.db, readerOf(c), 'person.end', id)
    return showPerson(c, id, values, problemsOf(form.error))
  }
  await signOutPerson(tools, readerOf(c), session, id, form.data)
  return c.redirect(`/people/${id}`, 303)
})

peopleRoutes.get('/grants/:id/end', async (c) => {
  mustDecide(readerOf(c))
  const { account, grant } = await grantOf(c, c.req.param('id'))
  if (grant.removed_at) return c.redirect(`/people/${account.id}`, 303)
  return page(c, <EndRolePage account={account} grant={grant} />)
})

peopleRoutes.post('/grants/:id/end', decides, async (c) => {
  const by = readerOf(c)
  const { tools, language } = c.var
  const id = c.req.param('id')
  await accountToActOn(tools.db, by, 'role.grant', await personOfGrant(tools.db, by, id))
  const values = await formValues(c.req.raw)
  const again = async (problems: Problems) =>
    page(c, <EndRolePage {...(await grantOf(c, id))} values={values} problems={problems} />, 422)
  const form = EndForm(language).safeParse(values)
  if (!form.success) return again(problemsOf(form.error))
  const ended = await endRole(tools, by, id, form.data)
  return 'failed' in ended
    ? again({ reason: refusalWords[language][ended.failed] })
    : c.redirect(`/people/${ended.person_id}`, 303)
})

function mustEnd(c: Context<AppEnv>) {
  const by = readerOf(c)
  if (!may(by, 'person.end') && !may(by, 'person.end-own')) throw new NotAllowed(`${by.id} may end nobody's account`)
}

const tiesFor = (c: Context<AppEnv>, id: string) => {
  const { db, whole, clock } = c.var.tools
  return tiesOf(db, whole, id, clock())
}

async function showPerson(c: Context<AppEnv>, id: string, values?: Record<string, string>, problems?: Problems) {
  const by = readerOf(c)
  const { db, whole } = c.var.tools
  const account = await readAccount(db, by, id)
  const is_of_desk = account.roles.some((role) => scopeOf[role] === 'desk')
  return page(
    c,
    <PersonPage
      account={account}
      ties={await tiesFor(c, id)}
      signed_in_at={(await lastSignIns(whole, [id])).get(id)}
      inHand={rolesInHandOf(by)}
      waiting={may(by, 'rights.see') ? (await waitingFor(db, id)).flatMap(({ roles }) => roles) : []}
      may_end={may(by, 'person.end') || (!is_of_desk && mayIn(by, 'person.end', account.institution_id))}
      {...(values && { values })}
      {...(problems && { problems })}
    />,
    problems ? 422 : 200,
  )
}

/** A role with its person; elsewhere, and for a role that is not theirs to end, there is no such page. */
async function grantOf(c: Context<AppEnv>, id: string) {
  const by = readerOf(c)
  const { db } = c.var.tools
  const found = await db.selectFrom('role_grant').where('id', '=', id).select('person_id').executeTakeFirst()
  if (!found) throw new NotFound(`grant ${id}`)
  const account = await readAccount(db, by, found.person_id)
  const grant = account.grants.find((each) => each.id === id)
  if (!grant || !rolesInHandOf(by).includes(grant.role)) throw new NotFound(`grant ${id}`)
  return { account, grant }
}
