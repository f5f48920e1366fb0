import { Hono } from 'hono'
import { partAsked } from '#ground/lists/wanted.ts'
import { NotFound } from '#ground/rights/may.ts'
import { type AppEnv, page } from '#ground/tools/tools.ts'
import { MailPage, MailsPage } from './mail-pages.tsx'
import { listMails, readMail } from './mails.ts'

/** What a mail may do in a browser: be looked at. No scripts, no pictures, no forms, no links out of its frame. */
const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

/** The mails of a demo. Invented people on one machine: whoever may open the demo may read them. */
export const demoMailRoutes = new Hono<AppEnv>()

demoMailRoutes.get('/demo/mail', async (c) => {
  const to = (c.req.query('to') ?? '').trim().slice(0, 254)
  const found = await listMails(c.var.tools.config.data, { to, wanted: partAsked(c) })
  return page(c, <MailsPage found={found} to={to} />)
})

demoMailRoutes.get('/demo/mail/:name', async (c) => {
  const { config, origin } = c.var.tools
  const mail = await readMail(config.data, c.req.param('name'))
  if (!mail) throw new NotFound('mail')
  return page(c, <MailPage mail={mail} origin={origin} />)
})

demoMailRoutes.get('/demo/mail/:name/html', async (c) => {
  const mail = await readMail(c.var.tools.config.data, c.req.param('name'))
  if (!mail?.html) throw new NotFound('mail')
  return c.body(mail.html, 200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': mailPolicy })
})
