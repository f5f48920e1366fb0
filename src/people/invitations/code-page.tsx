import { spelledCode } from '#access/sign-in/index.ts'
import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { type Shown, tries_max } from './write-invitation.ts'

const texts = inBoth({
  ja: {
    title: 'コードを本人に伝えてください',
    once: 'このコードは、この画面に一度だけ表示されます',
    how: '電話または対面で、本人であることを確かめてから伝えてください。メールやチャットでは送らないでください。',
    mailed: (email: string) =>
      `入口のリンクは ${email} にメールで送りました。リンクだけでは入れません。正しいコードでも入れないときは、事務局に電話してください。`,
    name: '本人',
    code: 'コード',
    spelled: '電話での読み方',
    until: '使える期限',
    link: '入口のページ',
    tries: `${tries_max}回間違えると無効になります。そのときは、新しいコードを発行してください。`,
    waits: '事務局のもう1人の同意を待っています',
    waits_next: '同意があるまで、このコードでは入れません。事務局と監査担当者の全員にメールで知らせました。',
    entries: '同意の状況を見る',
    back: '伝えたので、一覧へ戻る',
  },
  en: {
    title: 'Tell the code to the person',
    once: 'This code is shown on this page only, once',
    how: 'Tell it by phone or in person, after making sure who they are. Do not send it by mail or chat.',
    mailed: (email: string) =>
      `The link to the entrance was mailed to ${email}. The link alone opens nothing. If the right code opens nothing either, telephone the secretariat.`,
    name: 'For',
    code: 'Code',
    spelled: 'On the phone',
    until: 'Valid until',
    link: 'Entrance',
    tries: `After ${tries_max} wrong tries it is void. Then make a new code.`,
    waits: 'Waits for another of the desk',
    waits_next: 'Nobody comes in with this code before they agree. The whole desk and the auditors were told by mail.',
    entries: 'See who agreed',
    back: 'I have told it: back to the list',
  },
})

type Props = {
  shown: Shown
  name: string
  email: string
  back: string
  /** Nobody comes in with it before another of the desk has agreed. */
  waits?: boolean | undefined
}

/** The code, for the only time: what to do with it, and where it is asked for. */
export function CodePage({ shown, name, email, back, waits = false }: Props) {
  const t = useTexts(texts)
  return (
    <Layout title={t.title} label={labelOf.account}>
      <h1>{t.title}</h1>
      <Banner kind="warning" title={t.once}>
        <p>{t.how}</p>
        <p>{t.mailed(email)}</p>
      </Banner>
      {waits && (
        <Banner kind="info" title={t.waits}>
          <p>
            {t.waits_next} <a href="/desk-entries">{t.entries}</a>
          </p>
        </Banner>
      )}
      <SummaryList
        items={[
          { term: t.name, value: name },
          { term: t.code, value: <b className="dads-figures__figure">{shown.code}</b> },
          {
            term: t.spelled,
            value: spelledCode(shown.code).map((group) => (
              <div key={group} lang="en">
                {group}
              </div>
            )),
          },
          { term: t.until, value: <Time at={shown.expires_at} with_date /> },
          { term: t.link, value: shown.url },
        ]}
      />
      <p>{t.tries}</p>
      <ButtonLink href={back} kind="solid-fill">
        {t.back}
      </ButtonLink>
    </Layout>
  )
}
