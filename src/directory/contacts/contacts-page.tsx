import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { PageHead } from '#ground/html/frame.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may, mayIn } from '#ground/rights/may.ts'
import { CallTree, Confirmed } from './call-tree.tsx'
import { EntryBanners } from './entry-banners.tsx'
import type { AddressView, CallTreeView, ContactView } from './queries.ts'

const texts = inBoth({
  ja: {
    kind: '連絡先（緊急連絡網）',
    lead: '上の人から順に電話します。つながらなければ、次の人にかけます。',
    confirmed: '最終確認：',
    confirm: 'この内容で間違いありません',
    confirm_hint: '変わったところがなければ押してください。確認した日時と氏名が残ります。',
    confirmed_now: '確認しました。ありがとうございます。',
    changed: '見ている間に内容が変わりました',
    changed_body: 'いまの内容をもう一度見て、間違いなければ押してください。',
    add: '連絡先を追加する',
    edit: (name: string) => `${name}さんの連絡先を直す`,
    edit_own: '自分の連絡先を直す',
    up: '順番を上げる',
    down: '順番を下げる',
    of: (name: string) => `（${name}さん）`,
    verify: 'この連絡手段を確認する',
    mend: 'この連絡手段を直す・再確認する',
    empty: '連絡先が登録されていません',
    empty_next: '「連絡先を追加する」から、最初に電話をかける人を登録します。',
    empty_other: '事務局に連絡してください。',
    back: '機関の登録内容を見る',
    saved: '保存しました',
    removed: '名簿から外しました',
    voided: 'これまでに送った回答用リンクを無効にしました',
  },
  en: {
    kind: 'Contacts (call tree)',
    lead: 'Call from the top. If there is no answer, call the next.',
    confirmed: 'Last confirmed: ',
    confirm: 'This entry is right as it stands',
    confirm_hint: 'Press if nothing has changed. Your name and the time are kept.',
    confirmed_now: 'Confirmed. Thank you.',
    changed: 'The entry changed while you were looking at it',
    changed_body: 'Look at it once more, and press if it is right.',
    add: 'Add a contact',
    edit: (name: string) => `Change ${name}`,
    edit_own: 'Change my own contact details',
    up: 'Move up',
    down: 'Move down',
    of: (name: string) => ` (${name})`,
    verify: 'Verify this address',
    mend: 'Mend or verify this address',
    empty: 'No contact is registered',
    empty_next: 'Press “Add a contact” and enter who is called first.',
    empty_other: 'Ask the secretariat.',
    back: 'See how the institution is registered',
    saved: 'Saved',
    removed: 'Removed from the directory',
    voided: 'The answer links sent so far are void',
  },
})

export type Done = 'saved' | 'removed' | 'voided' | 'confirmed' | 'changed'

/** Whom to call at an institution, to be pressed; who may, changes it here or says that it is right. */
export function ContactsPage({ tree, done }: { tree: CallTreeView; done?: Done | undefined }) {
  const t = useTexts(texts)
  const { language, reader, now } = useReading()
  const name = named(language, tree)
  const may_edit = reader !== null && mayIn(reader, 'contact.edit', tree.id)
  const is_own = reader !== null && reader.institution_id === tree.id
  const may_confirm = is_own && may(reader, 'attestation.answer-own') && tree.contacts.length > 0
  const own = tree.contacts.find((contact) => reader !== null && contact.person_id === reader.id)
  return (
    <Layout label={labelOf.call_tree} title={`${name} ${t.kind}`} live={[`/institutions/${tree.id}/contacts`]}>
      <PageHead title={name} kind={t.kind}>
        <p>{t.lead}</p>
        <p>
          {t.confirmed}
          <Confirmed {...tree} />
        </p>
      </PageHead>
      {done === 'changed' && (
        <Banner kind="error" title={t.changed}>
          <p>{t.changed_body}</p>
        </Banner>
      )}
      {done && done !== 'changed' && <Banner kind="success" title={done === 'confirmed' ? t.confirmed_now : t[done]} />}
      {(may_edit || is_own) && <EntryBanners contacts={tree.contacts} now={now} />}
      {may_edit && own && (
        <Buttons>
          <ButtonLink href={`/contacts/${own.id}`}>{t.edit_own}</ButtonLink>
        </Buttons>
      )}
      {may_confirm && (
        <Form action="/contacts/confirmation">
          <HiddenFields fields={{ mark: tree.mark }} />
          <p>{t.confirm_hint}</p>
          <Buttons>
            <Button>{t.confirm}</Button>
          </Buttons>
        </Form>
      )}
      {tree.contacts.length === 0 && (
        <Empty title={t.empty}>
          <p>{may_edit ? t.empty_next : t.empty_other}</p>
        </Empty>
      )}
      <CallTree
        contacts={tree.contacts}
        verification={may_edit ? (address) => <Verify address={address} /> : undefined}
        below={(contact, index) =>
          may_edit && <Change contact={contact} is_first={index === 0} is_last={index === tree.contacts.length - 1} />
        }
      />
      {may_edit && (
        <Buttons>
          <ButtonLink href={`/institutions/${tree.id}/contacts/new`} kind={may_confirm ? 'outline' : 'solid-fill'}>
            {t.add}
          </ButtonLink>
        </Buttons>
      )}
      <p>
        <a href={`/institutions/${tree.id}`}>{t.back}</a>
      </p>
    </Layout>
  )
}

function Verify({ address }: { address: AddressView }) {
  const t = useTexts(texts)
  if (address.verified_at && !address.quarantined_at) return null
  return (
    <ButtonLink href={`/contacts/addresses/${address.id}`} kind="text" size="md">
      {address.quarantined_at ? t.mend : t.verify}
      <span className="dads-visually-hidden"> {address.address}</span>
    </ButtonLink>
  )
}

function Change({ contact, is_first, is_last }: { contact: ContactView; is_first: boolean; is_last: boolean }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const name = named(language, contact)
  const whose = <span className="dads-visually-hidden">{t.of(name)}</span>
  return (
    <form method="post" action={`/contacts/${contact.id}/move`}>
      <HiddenFields fields={{ rank: String(contact.rank) }} />
      <Buttons>
        <ButtonLink href={`/contacts/${contact.id}`} size="md">
          {t.edit(name)}
        </ButtonLink>
        {!is_first && (
          <Button name="direction" value="up" kind="text" size="md">
            {t.up}
            {whose}
          </Button>
        )}
        {!is_last && (
          <Button name="direction" value="down" kind="text" size="md">
            {t.down}
            {whose}
          </Button>
        )}
      </Buttons>
    </form>
  )
}
