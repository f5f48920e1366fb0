import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import type { ListedProvider } from './providers.ts'

const texts = inBoth({
  ja: {
    title: '事務局の人への利用',
    lead: '事務局・承認者・監査担当者の役割がある人は、設定を追加した人とは別の事務局の1人が同意するまで、この設定では入れません。ほかの人は入れます。同意する前に、設定が勤務先のものであることをシステム担当者に電話で確かめてください。',
    added_by: (who: string) => `追加した人：${who}`,
    agreed_by: (who: string) => `${who}が同意しました`,
    agree: '事務局の人にも使うことに同意する',
    own: 'ほかの事務局員の同意を待っています',
    same_person: '設定を追加した人は同意できません',
    same_person_lead: '何も変わっていません。別の事務局員に電話で依頼してください。',
  },
  en: {
    title: 'Use for people of the desk',
    lead: 'Who holds a role of the desk (secretariat, approver, auditor) cannot come in by this provider until another of the desk than who added it agrees. Everybody else can. Before you agree, telephone the administrators of the workplace and check that the settings are theirs.',
    added_by: (who: string) => `Added by: ${who}`,
    agreed_by: (who: string) => `Agreed to by ${who}`,
    agree: 'Agree to use it for the desk',
    own: 'Waits for another of the desk',
    same_person: 'Who added the settings cannot agree to them',
    same_person_lead: 'Nothing has changed. Telephone another of the secretariat.',
  },
})

/** Whether people of the desk come in by this provider, and the one act of another of the desk about it. */
export function AgreementPart({ provider, is_refused }: { provider: ListedProvider; is_refused: boolean }) {
  const t = useTexts(texts)
  const { reader, language } = useReading()
  const { id, created_by, adder_ja, adder_en, agreed_at, agreer_ja, agreer_en } = provider
  const adder = named(language, { name_ja: adder_ja, name_en: adder_en })
  const agreer = agreer_ja && named(language, { name_ja: agreer_ja, name_en: agreer_en })
  return (
    <>
      <h2>{t.title}</h2>
      {is_refused && (
        <Banner kind="error" title={t.same_person}>
          <p>{t.same_person_lead}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      <p>{t.added_by(adder)}</p>
      {agreed_at && agreer ? (
        <p>
          {t.agreed_by(agreer)} <Time at={agreed_at} with_date />
        </p>
      ) : reader?.id === created_by ? (
        <p>{t.own}</p>
      ) : (
        <Form action={`/sso/${id}/agreement`}>
          <Button>{t.agree}</Button>
        </Form>
      )}
    </>
  )
}
