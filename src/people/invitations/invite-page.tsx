import type { Role } from '#ground/db/tables.ts'
import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Checkbox, Checkboxes } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { may } from '#ground/rights/may.ts'
import type { Clash } from './clash.ts'
import { rolesToGive } from './form.ts'
import type { InstitutionToInvite } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '人を招待する',
    lead: '本人にはメールで入口のリンクが届きます。次の画面に出るコードは、あなたが電話または対面で伝えてください。',
    name_ja: '氏名',
    name_en: '氏名（英語）',
    email: '本人のメールアドレス',
    email_hint: 'サインインと重要なお知らせに使います。共有のアドレスは使えません。',
    institution: '機関',
    institution_code: '機関コード',
    institution_code_hint: '機関名簿にあるコード（例：SEC-001）',
    directory: '機関名簿で調べる',
    contact_id: '名簿の担当者',
    contact_hint: 'この人が名簿に載っているときは選んでください。アドレスが名簿と同じなら、選ばなくても結び付きます。',
    none: '選ばない',
    roles: '役割',
    reason: '招待する理由',
    reason_hint: '監査証跡に残ります。例：前任者の異動による交代',
    alike: (address: string) => `よく似たアドレスがあります：${address}`,
    alike_why: '1文字違いや、見分けにくい文字（1とl、0とo、rnとm）の打ち間違いではありませんか。',
    typed: '入力したアドレス',
    known: '登録されているアドレス',
    another: '別の人です',
    act: '招待して、コードを表示する',
    roles_wrong: 'この機関の人には与えられない役割があります',
  },
  en: {
    title: 'Invite a person',
    lead: 'They get a link by mail. You tell them the code of the next page, by phone or in person.',
    name_ja: 'Name in Japanese',
    name_en: 'Name in English',
    email: 'Their own mail address',
    email_hint: 'For signing in and for grave messages. A shared address cannot be used.',
    institution: 'Institution',
    institution_code: 'Code of the institution',
    institution_code_hint: 'As in the directory, such as SEC-001',
    directory: 'Look it up in the directory',
    contact_id: 'Contact in the directory',
    contact_hint: 'Choose if the person is listed. With the same address they are linked anyway.',
    none: 'None',
    roles: 'Roles',
    reason: 'Reason for inviting',
    reason_hint: 'Kept in the audit trail. For example: successor of a colleague who moved',
    alike: (address: string) => `There is an address that looks very much like it: ${address}`,
    alike_why: 'Is it a slip, such as 1 for l, 0 for o, rn for m?',
    typed: 'What you typed',
    known: 'What is known',
    another: 'It is another person',
    act: 'Invite and show the code',
    roles_wrong: 'There is a role that people of this institution cannot have',
  },
})
export const rolesMessage = (language: Language) => texts[language].roles_wrong

const clashTexts = inBoth({
  ja: {
    colleague: (name: string) =>
      `このアドレスは、すでに${name}のアカウントです。役割を変えるときは、その人の役割を変更してください`,
    invited: 'このアドレスには、すでに招待を送っています。招待の一覧から、新しいコードを発行できます',
    elsewhere: (name: string) => `このアドレスは、${name}に登録されています。1つのアドレスを2人で使うことはできません`,
    role_mailbox: 'このアドレスは、当番が読む共有のアドレスです。本人だけのアドレスを入力してください',
    looks_like: 'よく似たアドレスがあります。別の人であることを確かめて、チェックしてください',
  },
  en: {
    colleague: (name: string) =>
      `This address is the account of ${name} already. To change what they may do, change their roles`,
    invited: 'This address has been invited already. You can make a new code in the list of invitations',
    elsewhere: (name: string) => `This address is registered at ${name}. Two people cannot share one`,
    role_mailbox: 'This is a shared address, read by whoever is on duty. Enter an address of their own',
    looks_like: 'There is an address that looks like it. Make sure that it is another person, and tick the box',
  },
})

/** What is wrong with the address, in words; of another institution only who may see them all is told. */
export function clashMessage(language: Language, clash: Clash): string {
  const t = clashTexts[language]
  if (clash.kind === 'colleague') return t.colleague(named(language, clash))
  if (clash.kind === 'elsewhere') return t.elsewhere(language === 'en' ? clash.institution_en : clash.institution_ja)
  return t[clash.kind]
}

type Props = {
  values: Record<string, string>
  roles: readonly string[]
  problems?: Problems
  institution: InstitutionToInvite
  /** An address in use that looks like the one that was typed. */
  alike?: string | undefined
}

export function InvitePage({ values, roles, problems = {}, institution, alike }: Props) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  const field = (name: 'name_ja' | 'name_en' | 'email' | 'institution_code' | 'contact_id' | 'reason') => ({
    name,
    label: t[name],
    value: values[name],
    problem: problems[name],
  })
  const sees_all = reader !== null && may(reader, 'person.invite')
  return (
    <Layout title={t.title}>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <Form action="/invitations">
        <HiddenFields fields={{ idempotency_key: values.idempotency_key ?? '' }} />
        {sees_all ? (
          <TextInput
            {...field('institution_code')}
            hint={
              <>
                {t.institution_code_hint} <a href="/institutions">{t.directory}</a>
              </>
            }
            maxLength={30}
            width="short"
            required
          />
        ) : (
          <HiddenFields fields={{ institution_code: values.institution_code ?? '' }} />
        )}
        {institution && <SummaryList items={[{ term: t.institution, value: named(language, institution) }]} />}
        <TextInput {...field('name_ja')} maxLength={100} required />
        <TextInput {...field('name_en')} maxLength={100} />
        <TextInput
          {...field('email')}
          hint={t.email_hint}
          type="email"
          inputMode="email"
          autoComplete="off"
          maxLength={254}
          required
        />
        {alike && (
          <>
            <Banner kind="warning" title={t.alike(alike)}>
              <p>{t.alike_why}</p>
              <SummaryList
                items={[
                  { term: t.typed, value: <code>{values.email}</code> },
                  { term: t.known, value: <code>{alike}</code> },
                ]}
              />
            </Banner>
            <Checkbox name="is_another" value={alike} text={t.another} />
          </>
        )}
        {institution && institution.contacts.length > 0 && (
          <Select
            {...field('contact_id')}
            hint={t.contact_hint}
            empty={t.none}
            options={institution.contacts.map((contact) => ({
              value: contact.id,
              text: [named(language, contact), contact.mail].filter(Boolean).join(' '),
            }))}
          />
        )}
        <Checkboxes
          name="roles"
          legend={t.roles}
          values={roles}
          problem={problems.roles}
          choices={(reader ? rolesToGive(reader) : []).map((role: Role) => ({
            value: role,
            text: roleWords[language][role],
          }))}
          required
        />
        <TextArea {...field('reason')} hint={t.reason_hint} rows={2} maxLength={500} required />
        <Button>{t.act}</Button>
      </Form>
    </Layout>
  )
}
