import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { root } from '#ground/config/root.ts'
import { askForReports, fieldsOf, Visitor } from '#simulate/index.ts'
import { sentTo } from './fill-in.ts'
import { plainPages } from './plain-pages.ts'
import type { Running } from './running.ts'
import { wings } from './samples.ts'
import { people, type ShownPage } from './shown-page.ts'
import { receiveNotices } from './story-inbox.ts'
import { sendNotices } from './story-notices.ts'

const password = 'noroshi-demo-2026'
const desk_mail = 'desk@assoc.example'
const approver_mail = 'approver@assoc.example'
/**
 * Brings a demo market to the middle of an emergency and of an exercise, over HTTP as people do it. Gives the pages to look at:
 * told by hand are those that name a thing, answer a form, or are looked at by certain readers; all others come by themselves.
 */
export async function playStory({ origin, command }: Running): Promise<ShownPage[]> {
  const desk = new Visitor(origin)
  await desk.signIn(desk_mail, password)

  await command('ingest-jma', telegramFile('broken-not-xml.xml'))
  await desk.post('/demo/telegrams', { name: 'vpww54-tokyo.xml' })
  await desk.post('/demo/telegrams', { name: 'vxse51-tokyo.xml' })
  await desk.post('/demo/telegrams', { name: 'vxse53-tokyo.xml' })
  const home = (await desk.get('/home')).text
  const proposals = [...new Set([...home.matchAll(/href="(\/proposals\/[^"]+)"/g)].map(([, path = '']) => path))]
  const titles = await Promise.all(proposals.map(async (path) => (await desk.get(path)).text))
  const quake = proposals[titles.findIndex((text) => /<h1[^>]*>[^<]*地震/.test(text))] ?? ''
  const form = fieldsOf((await desk.get(`/command-centre/new?proposal=${quake.split('/').at(-1)}`)).text, '/situations')
  const situation = sentTo(
    await desk.post('/situations', { ...form, reason: '東京23区で震度6弱。清算・決済の継続を確かめる必要がある。' }),
  )
  const approver = new Visitor(origin)
  await approver.signIn(approver_mail, password)
  const round = await askForReports(desk, situation.split('/').at(-1) ?? '', { releaser: approver })

  const reported = await fileReports(origin, situation)
  await desk.post(`${situation}/return`, {})
  const publication = await desk.get(`${situation}/publication`)
  const chosen = {
    ...fieldsOf(publication.text, `${situation}/publication/check`),
    text_ja:
      '地震の影響で、蒼天証券取引所の売買が停止しています。清算と決済は続いています。次のお知らせまでお待ちください。',
    text_en: 'Because of the earthquake, trading on the Soten Exchange is stopped. Clearing and settlement go on.',
    participants: 'yes',
  }
  const boxes = [...publication.text.matchAll(/name="(functions|institutions)"(?: checked="")? value="([^"]+)"/g)].map(
    ([, name = '', value = '']) => [name, value] as [string, string],
  )
  const preview = await desk.post(`${situation}/publication/check`, [
    ...Object.entries(chosen).filter(([name]) => name !== 'functions' && name !== 'institutions'),
    ...boxes,
  ])
  const [confirm = ''] =
    new RegExp(`<form[^>]*action="${situation}/publications".*?</form>`, 's').exec(preview.text) ?? []
  const confirmed = [...confirm.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as [string, string],
  )
  const published = sentTo(await desk.post(`${situation}/publications`, confirmed))

  const drill = sentTo(
    await desk.post('/situations', {
      ...fieldsOf((await desk.get('/command-centre/new')).text, '/situations'),
      mode: 'exercise',
      drill: 'yes',
      hazard: 'system_failure',
      title_ja: '清算システム停止の訓練',
      title_en: 'Exercise: clearing system failure',
      reason: '年次の合同訓練',
      criterion: '00000000-0000-4000-8000-000000000001:1',
    }),
  )
  const drill_round = await askForReports(desk, drill.split('/').at(-1) ?? '')
  const [, silent_one = ''] =
    /\/institutions\/([0-9a-f-]{36})/.exec((await desk.get(round)).text.split('<caption')[1] ?? '') ?? []
  const notice = sentTo(
    await desk.post('/official-notices', {
      ...fieldsOf((await desk.get('/official-notices/new')).text, '/official-notices'),
      issuer: '架空市場庁',
      reference: '架市第123号',
      issued_on: '2026-11-21',
      title: '地震に伴う業務継続について',
      body: '各機関は業務の継続の状況を速やかに報告されたい。（架空の通達）',
    }),
  )
  const [, extended = ''] =
    /href="(\/official-notices\/[0-9a-f-]{36})"/.exec((await desk.get('/official-notices?shown=past')).text) ?? []
  const institution = /href="(\/institutions\/[0-9a-f-]{36})"/.exec((await desk.get('/institutions')).text)?.[1] ?? ''
  const telegram = /href="(\/telegrams\/[0-9a-f-]{36})"/.exec((await desk.get('/telegrams')).text)?.[1] ?? ''
  const contact = new Visitor(origin)
  await contact.signIn(people.contact, password)
  const sent = await receiveNotices(desk, contact)
  const tree = (await contact.get('/contacts')).text
  const [number = ''] = /\/contacts\/addresses\/[0-9a-f-]{36}/.exec(tree) ?? []
  const [, entry = ''] = /href="(\/contacts\/[0-9a-f-]{36})"/.exec(tree) ?? []
  const edited = fieldsOf((await contact.get(entry)).text, entry)
  const spare = Object.keys(edited).find((name) => /^address_\d$/.test(name) && edited[name] === '') ?? ''
  const webhook = { [spare.replace('address', 'means')]: 'webhook', [spare]: 'https://hooks.sokyu.example/bcp' }
  sentTo(await contact.post(entry, { ...edited, ...webhook }))
  const links = (await contact.get('/contacts')).text.match(/\/contacts\/addresses\/[0-9a-f-]{36}/g) ?? []
  const hook = links.find((link) => !tree.includes(link)) ?? ''
  const silent = sentTo(
    await desk.post('/contacts/tests', {
      ...fieldsOf((await desk.get('/contacts/tests')).text, '/contacts/tests'),
      scope: 'chosen',
      codes: 'SEC-001',
    }),
  )
  const answering = [contact]
  for (const mail of (await contactMails(origin)).filter((one) => one !== people.contact).slice(0, 9)) {
    const other = new Visitor(origin)
    await other.signIn(mail, password)
    answering.push(other)
  }
  const notices = await sendNotices({ desk, approver, contacts: answering, situation, drill, official: notice })
  const round_of_entries = await askForAttestation(origin, desk)
  const person = /href="(\/people\/[0-9a-f-]{36})"/.exec((await desk.get('/people')).text)?.[1] ?? ''
  const grant = /href="(\/grants\/[0-9a-f-]{36}\/end)"/.exec((await desk.get(person)).text)?.[1] ?? ''
  const mail = /href="(\/demo\/mail\/[^"]+\.eml)"/.exec((await desk.get('/demo/mail')).text)?.[1] ?? '/demo/mail'

  const { call, link } = await putOnCallList(desk)

  const told: ShownPage[] = [
    { name: 'public', path: '/', who: 'nobody' },
    { name: 'public-cap', path: '/cap/', who: 'nobody' },
    { name: 'public-exercise', path: '/exercise/', who: 'nobody' },
    { name: 'sign-in-ended', path: '/sign-in?next=%2Fboard&ended=idle&unsent=yes', who: 'nobody' },
    { name: 'home', path: '/home', who: 'desk' },
    { name: 'home-contact', path: '/home', who: 'contact' },
    { name: 'home-observer', path: '/home', who: 'observer' },
    { name: 'proposal', path: quake, who: 'desk' },
    { name: 'proposal-waiting', path: proposals.find((path) => path !== quake) ?? quake, who: 'desk' },
    { name: 'situation', path: situation, who: 'desk' },
    { name: 'situation-contact', path: situation, who: 'contact' },
    { name: 'operating', path: `${situation}/operating-status`, who: 'contact' },
    { name: 'operating-bcp', path: `${situation}/bcp-status`, who: 'observer' },
    { name: 'situation-exercise', path: drill, who: 'desk' },
    { name: 'situation-close', path: `${situation}/close`, who: 'desk' },
    { name: 'situation-log', path: `${situation}/log`, who: 'observer' },
    { name: 'situation-review', path: `${situation}/review`, who: 'desk' },
    { name: 'return-exercise', path: `${drill}/return`, who: 'desk' },
    ...notices,
    { name: 'round', path: round, who: 'desk' },
    { name: 'call', path: call, who: 'desk' },
    { name: 'answer-link', path: link, who: 'nobody' },
    { name: 'answer-link-wrong', path: '/a/nothing', who: 'nobody' },
    { name: 'round-observer', path: round, who: 'observer' },
    { name: 'round-close', path: `${round}/close`, who: 'desk' },
    { name: 'round-institution', path: `${round}/institutions/${silent_one}`, who: 'desk' },
    { name: 'round-report-for', path: `${round}/report-for/${silent_one}`, who: 'desk' },
    { name: 'round-exercise', path: drill_round, who: 'desk' },
    { name: 'report', path: `${situation}/report`, who: 'contact' },
    { name: 'report-exercise', path: `${drill}/report`, who: 'contact' },
    { name: 'report-filed', path: reported, who: 'exchange' },
    { name: 'report-peacetime', path: '/report', who: 'contact' },
    { name: 'board', path: `${situation}/board`, who: 'desk' },
    { name: 'board-participants', path: `${situation}/board?view=participants`, who: 'desk' },
    { name: 'board-contact', path: `${situation}/board`, who: 'contact' },
    { name: 'board-not-returned', path: `${drill}/board`, who: 'contact' },
    { name: 'board-standing', path: '/board', who: 'desk' },
    { name: 'board-bureau', path: '/board', who: 'bureau' },
    { name: 'home-bureau', path: '/home', who: 'bureau' },
    { name: 'institutions-bureau', path: '/institutions', who: 'bureau' },
    { name: 'district-change', path: '/districts?change=D-WEST', who: 'desk' },
    { name: 'publication', path: `${situation}/publication`, who: 'desk' },
    {
      name: 'publication-check',
      path: `${situation}/publication`,
      who: 'desk',
      fill: { text_ja: '売買は午後2時に再開する見込みです。清算と決済は続いています。' },
    },
    { name: 'publication-done', path: published, who: 'desk' },
    { name: 'criterion', path: '/criteria/00000000-0000-4000-8000-000000000002', who: 'desk' },
    { name: 'telegram', path: telegram, who: 'desk' },
    { name: 'institution', path: institution, who: 'desk' },
    { name: 'institution-edit', path: `${institution}/edit`, who: 'desk' },
    { name: 'institution-check', path: `${institution}/edit`, who: 'desk', fill: { reading: 'かくうきょうかい' } },
    {
      name: 'institutions-import-check',
      path: '/roster/import',
      who: 'desk',
      fill: {},
      file: 'roster-contacts.csv',
    },
    { name: 'contacts', path: '/contacts', who: 'contact' },
    { name: 'contacts-desk', path: `${institution}/contacts`, who: 'desk' },
    { name: 'contact', path: entry, who: 'contact' },
    { name: 'contact-wrong', path: `${institution}/contacts/new`, who: 'desk', fill: { address_1: '03-12' } },
    { name: 'contact-new', path: `${institution}/contacts/new`, who: 'desk' },
    { name: 'contact-address', path: number, who: 'contact' },
    { name: 'contact-webhook', path: hook, who: 'contact' },
    { name: 'contacts-test', path: silent, who: 'desk' },
    { name: 'official-notice', path: notice, who: 'desk' },
    { name: 'official-notice-extended', path: extended, who: 'contact' },
    { name: 'official-notices-past', path: '/official-notices?shown=past', who: 'contact' },
    { name: 'official-notice-extends', path: `/official-notices/new?follows=${notice.split('/').at(-1)}`, who: 'desk' },
    { name: 'inbox', path: '/inbox', who: 'contact' },
    { name: 'received', path: sent.open, who: 'contact' },
    { name: 'received-in-inbox', path: sent.open.replace('/notices/', '/inbox/'), who: 'contact' },
    { name: 'received-answered', path: sent.answered, who: 'contact' },
    { name: 'received-corrected', path: sent.corrected, who: 'contact' },
    { name: 'template', path: sent.template, who: 'desk' },
    { name: 'template-edit', path: `${sent.template}/edit`, who: 'desk' },
    { name: 'ladder', path: '/ladders/urgent/all', who: 'desk' },
    { name: 'ladder-check', path: '/ladders/urgent/all', who: 'desk', fill: { minutes_6: '45' } },
    { name: 'workplace-refused', path: '/sign-in/sso/answer', who: 'nobody' },
    { name: 'invitation-entry', path: '/invitations/00000000-0000-4000-8000-000000000000', who: 'nobody' },
    { name: 'rights', path: '/rights', who: 'auditor' },
    { name: 'person', path: person, who: 'desk' },
    { name: 'person-end', path: `${person}/end`, who: 'desk' },
    { name: 'grant-end', path: grant, who: 'desk' },
    { name: 'directory', path: `/directory?q=${encodeURIComponent('取引所')}`, who: 'desk' },
    { name: 'directory-contact', path: '/directory', who: 'contact' },
    // What a contact takes along; the desk's copy holds the whole market and is as long.
    { name: 'directory-offline', path: '/directory/offline', who: 'contact' },
    { name: 'attestation', path: round_of_entries, who: 'desk' },
    { name: 'attestation-answer', path: `${round_of_entries}/answer`, who: 'exchange' },
    { name: 'not-found', path: '/nothing-here', who: 'desk' },
    { name: 'forbidden', path: '/trail', who: 'contact' },
    { name: 'demo-mail-one', path: mail, who: 'nobody' },
  ]
  for (const { shown } of Object.values(wings)) told.push(...((await shown?.({ desk, contact })) ?? []))
  return [...told, ...plainPages(told)]
}

/** Puts two silent institutions on the call list; gives the page of one call, and the link in a mail of that notice. */
async function putOnCallList(desk: Visitor): Promise<{ call: string; link: string }> {
  const notices = [...(await desk.get('/notices')).text.matchAll(/href="\/notices\/([0-9a-f-]{36})"/g)]
  let call = '/calls'
  for (const [, id] of notices) {
    const { text } = await desk.get(`/calls?notice=${id}`)
    const forms = [...text.matchAll(/action="(\/calls\/[0-9a-f-]{36})\/listing"/g)]
    for (const [, each = ''] of forms.slice(0, 2)) {
      await desk.post(`${each}/listing`, { is_listed: 'yes' })
      call = each
    }
    if (call !== '/calls') break
  }
  const mails = [
    ...(await desk.get(`/demo/mail?to=${encodeURIComponent(people.contact)}`)).text.matchAll(
      /href="(\/demo\/mail\/[^"]+\.eml)"/g,
    ),
  ]
  for (const [, mail = ''] of mails) {
    const [link] = /\/a\/[0-9a-z]{26}/.exec((await desk.get(mail)).text) ?? []
    if (link) return { call, link }
  }
  return { call, link: '/a/none' }
}

/** Asks all institutions to confirm their entries; a dozen do so at once. Gives the round. */
async function askForAttestation(origin: string, desk: Visitor): Promise<string> {
  const form = fieldsOf((await desk.get('/attestations/new')).text, '/attestations/check')
  const round = sentTo(await desk.post('/attestations', form))
  const others = (await contactMails(origin)).filter((mail) => mail !== people.exchange)
  for (const mail of others.slice(0, 12)) {
    const contact = new Visitor(origin)
    await contact.signIn(mail, password)
    const { text } = await contact.get(`${round}/answer`)
    await contact.post(`${round}/answer`, fieldsOf(text, `${round}/answer`))
  }
  return round
}

/** The first contact of each institution, as the sign-in page of the demo lists them. */
async function contactMails(origin: string): Promise<string[]> {
  const page = await (await fetch(`${origin}/sign-in`)).text()
  return [...new Set([...page.matchAll(/name="email" value="(bcp@[^"]+)"/g)].map(([, mail = '']) => mail))]
}

/** Most firms are well, the exchange stands still, a few are in trouble, some are silent. Gives the exchange's report. */
async function fileReports(origin: string, situation: string): Promise<string> {
  const path = `${situation}/report`
  const file = async (mail: string, change: Record<string, string> | null) => {
    const contact = new Visitor(origin)
    await contact.signIn(mail, password)
    const { text } = await contact.get(path)
    if (!change) return sentTo(await contact.post(path, { ...fieldsOf(text, path, 'all_normal'), all_normal: 'yes' }))
    const fields = fieldsOf(text, path, 'bcp')
    return sentTo(
      await contact.post(path, {
        ...usual,
        ...fields,
        ...change,
        idempotency_key: fields.idempotency_key ?? randomUUID(),
      }),
    )
  }
  const others = (await contactMails(origin)).filter((mail) => mail !== people.exchange && mail !== people.contact)
  for (const [index, mail] of others.entries()) {
    if (index % 7 === 5) continue
    await file(
      mail,
      index % 9 === 4 ? { ...well, order_trading: 'partial', bcp: 'preparing', damage_systems: 'partial' } : null,
    )
  }
  return file(people.exchange, {
    ...well,
    order_trading: 'stopped',
    bcp: 'activated',
    command_centre: 'set_up',
    damage_building: 'partial',
    damage_systems: 'severe',
    text: '主センターの電源を確認中です。副センターへの切替を準備しています。',
  })
}

const usual = {
  damage_building: 'none',
  damage_systems: 'none',
  damage_staff: 'none',
  damage_external: 'none',
  bcp: 'not_activated',
  command_centre: 'not_set_up',
  next_update_minutes: '60',
}
const well = {
  ...usual,
  order_trading: 'normal',
  clearing: 'normal',
  settlement: 'normal',
  custody: 'normal',
  market_data: 'normal',
  funds: 'normal',
}

export const telegramFile = (name: string) => new URL(`tests/telegrams/${name}`, root).pathname
export const readTelegramFile = (name: string) => readFileSync(telegramFile(name), 'utf8')
