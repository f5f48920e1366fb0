import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { timeWords } from '#ground/html/civil.ts'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import type { Sealed } from './seal.ts'

const texts = inBoth({
  ja: {
    title: (number: number) => `非常用コード 第${number}組`,
    once: 'このコードは、この画面に一度だけ表示されます。いま印刷してください',
    once_next: 'ブラウザの印刷で、A4で1枚にします。印刷できたことを確かめてから、画面を閉じてください。',
    page: '1 / 1ページ（この紙は1枚です）',
    sealed: '封緘',
    codes: (count: number) => `コード${count}個`,
    caption: '1個のコードは1回だけ使えます',
    number: '番号',
    code: 'コード',
    written: '使った日時・人（手書き）',
    how: '使い方',
    steps: [
      'ほかの方法でサインインできないときだけ、封筒を開けます。',
      'サインイン画面で「非常用コードを使う」を選びます：',
      '自分のメールアドレス、番号の小さいものから未使用のコード、理由を入力します。',
      '使った番号に、日時と名前を書きます。サインインは4時間で終わります。',
      '使うと、事務局と監査担当者の全員にメールが届きます。後で新しい組を封緘し、この紙を破棄します。',
      '年に1回は「訓練として使う」を選び、1個が使えることを確かめます。',
    ],
    keep: '封筒に入れ、封じた人の署名と日付を書き、対策本部を設ける場所と代替オフィスの金庫に保管します。',
    back: '印刷したので、管理簿へ進む',
  },
  en: {
    title: (number: number) => `Break-glass codes, set ${number}`,
    once: 'These codes are shown on this page only, once. Print them now',
    once_next: 'They fit one A4 sheet. Close this page when you hold it in your hand.',
    page: 'Page 1 of 1 (a single sheet)',
    sealed: 'Sealed',
    codes: (count: number) => `${count} codes`,
    caption: 'Each code works once',
    number: 'Number',
    code: 'Code',
    written: 'Used when, by whom (by hand)',
    how: 'How to use them',
    steps: [
      'Open the envelope only when you cannot sign in otherwise.',
      'On the sign-in page choose “Use a break-glass code”: ',
      'Enter your mail address, the first code that was not used yet, and the reason.',
      'Write date, time and name beside its number. You are signed in for 4 hours.',
      'All of the secretariat and all auditors get a mail. Seal a new set afterwards and destroy this sheet.',
      'Once a year choose “Use it as an exercise” and show that one code works.',
    ],
    keep: 'Put it into an envelope with signature and date, and keep it in the safe where the command centre works, and at the alternate office.',
    back: 'I have printed it: to the register',
  },
})

/** The sheet that goes into the envelope: what it is, from when, how many, and what to do with it. */
export function PaperPage({ sealed, origin }: { sealed: Sealed; origin: string }) {
  const t = useTexts(texts)
  const { reader, language } = useReading()
  // With its year: the sheet lies in a safe for long.
  const dated = timeWords(language, sealed.sealed_at, new Date(0), { with_date: true })
  return (
    <Layout title={t.title(sealed.number)} label={labelOf.account}>
      <h1>{t.title(sealed.number)}</h1>
      <Banner kind="warning" title={t.once}>
        <p>{t.once_next}</p>
      </Banner>
      <p>
        {t.sealed}: {dated} {reader && named(language, reader)} ・ {t.codes(sealed.codes.length)} ・ {t.page}
      </p>
      <DataTable
        caption={t.caption}
        rows={sealed.codes}
        rowKey={({ number }) => String(number)}
        columns={[
          { head: t.number, cell: ({ number }) => number },
          { head: t.code, cell: ({ code }) => <b className="dads-code">{code}</b> },
          { head: t.written, cell: () => '　' },
        ]}
      />
      <h2>{t.how}</h2>
      <ol>
        {t.steps.map((step, index) => (
          <li key={step}>
            {step}
            {index === 1 && `${origin}/sign-in/break-glass`}
          </li>
        ))}
      </ol>
      <p>{t.keep}</p>
      <Buttons>
        <ButtonLink href="/break-glass" kind="solid-fill">
          {t.back}
        </ButtonLink>
      </Buttons>
    </Layout>
  )
}
