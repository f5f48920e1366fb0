import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Form, HiddenFields, TextArea } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { isWritten } from '#ground/html/typed-words.tsx'
import type { KeptForm } from './kept-form.ts'

const texts = inBoth({
  ja: {
    title: 'まだ送信されていません。入力は残っています',
    filled:
      'サインインが終了していたため、送信は受け付けられませんでした。下の入力欄に元の入力を戻しました。内容を確かめて、もう一度ボタンを押してください。',
    alone:
      'サインインが終了していたため、送信は受け付けられませんでした。元の入力欄は今この画面にないため、入力をここに残しました。必要なら直して、そのまま送ることができます。',
    files: (names: string) => `ファイルは残せません。もう一度選んでください：${names}`,
    typed: (at: number) => `入力した文 ${at}`,
    send: 'この内容を送る',
    drop: '残した入力を消す',
  },
  en: {
    title: 'Not sent yet: what you typed is kept',
    filled:
      'Your session was over, so what you sent was not taken. It stands in its form below again. Check it, and press once more.',
    alone:
      'Your session was over, so what you sent was not taken. Its form is not on this page now, so it is kept here. Change it if need be, and send it from here.',
    files: (names: string) => `Files cannot be kept. Please choose them again: ${names}`,
    typed: (at: number) => `Text ${at}`,
    send: 'Send this',
    drop: 'Drop what was kept',
  },
})

/** Above a page: what was sent in vain, and what became of it. */
export function KeptPart({ kept: { action, from, typed, files }, is_filled }: { kept: KeptForm; is_filled: boolean }) {
  const t = useTexts(texts)
  const written = typed.filter(([, value]) => isWritten(value))
  const others = typed.filter(([, value]) => !isWritten(value))
  return (
    <Banner kind="warning" title={t.title}>
      <p>{is_filled ? t.filled : t.alone}</p>
      {files.length > 0 && <p>{t.files(files.join(', '))}</p>}
      {!is_filled && (
        <Form action={action}>
          {others.map(([name, value], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may come several times, and nothing moves
            <input key={at} type="hidden" name={name} value={value} />
          ))}
          {written.map(([name, value], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <TextArea key={at} name={name} label={t.typed(at + 1)} value={value} />
          ))}
          <Button>{t.send}</Button>
        </Form>
      )}
      <Form action="/sign-in/kept">
        <HiddenFields fields={{ back: from }} />
        <Buttons>
          <Button kind="text" size="md">
            {t.drop}
          </Button>
        </Buttons>
      </Form>
    </Banner>
  )
}
