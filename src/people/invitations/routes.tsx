import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { confirmed } from '#access/sign-in/index.ts'
import { formLists, formValues, problemsOf, readForm } from '#ground/html/form-data.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { may, mustIn } from '#ground/rights/may.ts'
import { type AppEnv, page, readerOf } from '#ground/tools/tools.ts'
import { CodePage } from './code-page.tsx'
import { InviteForm, inviteMessages } from './form.ts'
import { invite } from './invite.ts'
import { clashMessage, InvitePage, rolesMessage } from './invite-page.tsx'
import { InvitationsPage } from './list-page.tsx'
import { codeOf, institutionToInvite, listInvitations, readInvitation } from './queries.ts'
import { renewInvitation } from './renew.ts'
import { withdrawInvitation } from './withdraw.ts'

export const invitationRoutes = new Hono<AppEnv>()

const list = async (c: Context<AppEnv>, told?: 'over' | 'again') => {
  const { db, whole, clock } = c.var.tools
  const invitations = await listInvitations(db, whole, readerOf(c), clock())
  return page(c, <InvitationsPage invitations={invitations} told={told} />, told === 'over' ? 422 : 200)
}

invitationRoutes.get('/invitations', (c) => list(c, c.req.query('told') === 'again' ? 'again' : undefined))

/** `?institution=<id>` and `?contact=<id>` fill in what a page of the directory knows already. */
invitationRoutes.get('/invitations/new', async (c) => {
  const by = readerOf(c)
  const { db } = c.var.tools
  mustIn(by, 'person.invite', by.institution_id)
  const asked = c.req.query('institution') ?? ''
  const id = may(by, 'person.invite') ? (isId(asked) ? asked : null) : by.institution_id
  const code = (id && (await codeOf(db, id))) ?? ''
  const institution = await institutionToInvite(db, code)
  const contact = institution?.contacts.find((each) => each.id === c.req.query('contact'))
  const values = {
    institution_code: code,
    contact_id: contact?.id ?? '',
    name_ja: contact?.name_ja ?? '',
    name_en: contact?.name_en ?? '',
    email: contact?.mail ?? '',
    idempotency_key: randomUUID(),
  }
  return page(c, <InvitePage values={values} roles={contact ? ['bcp_contact'] : []} institution={institution} />)
})

invitationRoutes.post('/invitations', confirmed(null), async (c) => {
  const by = readerOf(c)
  const { tools, language } = c.var
  mustIn(by, 'person.invite', by.institution_id)
  const sent = await readForm(c.req.raw)
  const values = await formValues(sent)
  const { roles = [] } = await formLists(sent)
  const again = async ({ idempotency_key = '', ...problems }: Problems, alike?: string) =>
    page(
      c,
      <InvitePage
        // A form without its key is a form without a first press: it gets one now.
        values={{ ...values, idempotency_key: idempotency_key ? randomUUID() : (values.idempotency_key ?? '') }}
        roles={roles}
        problems={problems}
        institution={await institutionToInvite(tools.db, values.institution_code ?? '')}
        alike={alike}
      />,
      422,
    )
  const form = InviteForm(language).safeParse({ ...values, roles })
  if (!form.success) return again(problemsOf(form.error))
  const answer = await invite(tools, by, form.data)
  if (!('failed' in answer))
    return page(
      c,
      <CodePage
        shown={answer}
        name={named(language, form.data)}
        email={form.data.email}
        back="/invitations"
        waits={answer.waits}
      />,
    )
  if (answer.failed === 'again') return c.redirect('/invitations?told=again', 303)
  if (answer.failed === 'roles') return again({ roles: rolesMessage(language) })
  if (answer.failed === 'institution') return again({ institution_code: inviteMessages(language).institution_code })
  if (!('clash' in answer)) return again({ contact_id: inviteMessages(language).contact_id })
  const { clash } = answer
  const message = clashMessage(language, clash)
  return clash.kind === 'looks_like' ? again({ is_another: message }, clash.address) : again({ email: message })
})

invitationRoutes.post('/invitations/:id/code', confirmed(null), async (c) => {
  const by = readerOf(c)
  const id = c.req.param('id')
  const answer = await renewInvitation(c.var.tools, by, id)
  if ('failed' in answer) return list(c, 'over')
  const invitation = await readInvitation(c.var.tools.db, by, id)
  return page(
    c,
    <CodePage shown={answer} name={named(c.var.language, invitation)} email={invitation.email} back="/invitations" />,
  )
})

invitationRoutes.post('/invitations/:id/withdrawal', async (c) => {
  await withdrawInvitation(c.var.tools, readerOf(c), c.req.param('id'))
  return c.redirect('/invitations', 303)
})

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
