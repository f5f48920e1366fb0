import { ButtonLink, Buttons } from './button.tsx'
import { inBoth } from './language.ts'
import { Layout } from './layout.tsx'
import { useReading, useTexts } from './render.tsx'

export type ProblemCode = 401 | 403 | 404 | 409 | 422 | 500 | 503

export type ProblemWords = { title: string; happened: string; kept: string; next: string }

const texts = inBoth<{
  problems: Record<ProblemCode, ProblemWords>
  heads: Omit<ProblemWords, 'title'>
  code: string
  home: string
  sign_in: string
}>({
  ja: {
    heads: { happened: '何が起きたか', kept: '入力や記録はどうなったか', next: '次にすること' },
    code: 'コード',
    home: 'ホームへ戻る',
    sign_in: 'サインインする',
    problems: {
      401: {
        title: 'サインインが必要です',
        happened: 'サインインしていないか、一定時間が過ぎたためサインインが切れました。',
        kept: 'これまでに送信が完了したものは、すべて保存されています。送信前の入力は保存されていません。',
        next: 'サインインしてから、もう一度操作してください。',
      },
      403: {
        title: 'この操作の権限がありません',
        happened: 'あなたの役割では、このページや操作は使えません。',
        kept: '何も変更されていません。',
        next: '必要な場合は、事務局に依頼してください。',
      },
      404: {
        title: 'ページが見つかりません',
        happened: 'アドレスが間違っているか、あなたには表示できないページです。',
        kept: '何も変更されていません。',
        next: 'アドレスを確かめるか、ホームから探してください。',
      },
      409: {
        title: '内容が先に変わっていました',
        happened: 'あなたが画面を開いた後に、別の人が同じものを変更しました。',
        kept: '先に行われた変更は保存されています。あなたの操作は反映されていません。',
        next: '前の画面に戻って再読み込みし、最新の内容を見てから、もう一度操作してください。',
      },
      422: {
        title: '入力内容を処理できません',
        happened: '送信された内容に、足りないもの、または正しくないものがあります。',
        kept: '何も変更されていません。',
        next: '前の画面に戻り、入力を確かめて、もう一度送信してください。',
      },
      500: {
        title: '問題が発生しました',
        happened: 'システムの内部で問題が起き、処理を完了できませんでした。',
        kept: 'それまでに完了したものは保存されています。今回の操作は完了していない可能性があります。',
        next: '同じ操作をもう一度しても、二重に登録されることはありません。続く場合は、下の時刻とコードを事務局に伝えてください。',
      },
      503: {
        title: '一時的に利用できません',
        happened: 'データベースに接続できないため、今は処理できません。復旧は自動で行われます。',
        kept: 'それまでに完了したものは保存されています。今回の操作は反映されていない可能性があります。',
        next: '1分ほど待ってから、再読み込みしてください。同じ操作をもう一度しても、二重に登録されることはありません。急ぐ場合は、電話で事務局に連絡してください。',
      },
    },
  },
  en: {
    heads: { happened: 'What happened', kept: 'What was kept', next: 'What to do next' },
    code: 'Code',
    home: 'Back to home',
    sign_in: 'Sign in',
    problems: {
      401: {
        title: 'Please sign in',
        happened: 'You are not signed in, or your session has ended because time ran out.',
        kept: 'Everything that was sent before is kept. What you had typed but not sent is not.',
        next: 'Sign in, then try again.',
      },
      403: {
        title: 'You may not do this',
        happened: 'Your role does not include this page or act.',
        kept: 'Nothing was changed.',
        next: 'If you need it, ask the secretariat.',
      },
      404: {
        title: 'Page not found',
        happened: 'The address is wrong, or it is a page that you may not see.',
        kept: 'Nothing was changed.',
        next: 'Check the address, or look for the page from home.',
      },
      409: {
        title: 'This had already changed',
        happened: 'Someone else changed the same thing after you opened the page.',
        kept: 'The earlier change is kept. Yours was not applied.',
        next: 'Go back, reload, look at what it says now, and try again.',
      },
      422: {
        title: 'This could not be processed',
        happened: 'Something in what was sent is missing or not valid.',
        kept: 'Nothing was changed.',
        next: 'Go back, check what you entered, and send it again.',
      },
      500: {
        title: 'Something went wrong',
        happened: 'A problem inside the system stopped this from being completed.',
        kept: 'Everything completed before is kept. What you just did may not have been completed.',
        next: 'You can safely do the same again: nothing is entered twice. If it keeps happening, tell the secretariat the time and code below.',
      },
      503: {
        title: 'Not available for the moment',
        happened: 'The database cannot be reached, so nothing can be processed now. It recovers by itself.',
        kept: 'Everything completed before is kept. What you just did may not have been applied.',
        next: 'Wait about a minute, then reload. You can safely do the same again: nothing is entered twice. If it is urgent, telephone the secretariat.',
      },
    },
  },
})

/** What happened, what was kept, what to do. Says nothing about the inside of the program; `reference` is an id that the log also carries. */
export function ProblemPage({ code, reference }: { code: ProblemCode; reference?: string }) {
  return <SaidProblem code={code} problem={useTexts(texts).problems[code]} reference={reference} />
}

/** The same page for a problem that is told more exactly than its code says. */
export function SaidProblem({
  code,
  problem,
  reference,
}: {
  code: number
  problem: ProblemWords
  reference?: string | undefined
}) {
  const { heads, ...words } = useTexts(texts)
  const { reader, now } = useReading()
  return (
    <Layout title={problem.title}>
      <h1>{problem.title}</h1>
      {(['happened', 'kept', 'next'] as const).map((part) => (
        <section key={part}>
          <h2 className="dads-heading-sm">{heads[part]}</h2>
          <p>{problem[part]}</p>
        </section>
      ))}
      <Buttons>
        {reader ? (
          <ButtonLink href="/home">{words.home}</ButtonLink>
        ) : (
          <ButtonLink href="/sign-in" kind="solid-fill">
            {words.sign_in}
          </ButtonLink>
        )}
      </Buttons>
      <p className="dads-note">
        {words.code} {code}
        {reference && ` · ${reference}`} · <time dateTime={now.toISOString()}>{now.toISOString()}</time>
      </p>
    </Layout>
  )
}
