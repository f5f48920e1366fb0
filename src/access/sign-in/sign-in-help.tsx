import { Details } from '#ground/html/details.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'

const texts = inBoth({
  ja: {
    title: 'サインインできないとき',
    call: '事務局に電話してください。急ぐ報告は、電話でも受け付けます。',
    phone: '事務局の電話',
    lost: '端末やパスワードをなくしたときは、事務局の2人が本人であることを確かめ、新しい入り方をお知らせします。',
  },
  en: {
    title: 'If you cannot sign in',
    call: 'Telephone the secretariat. An urgent report is taken by telephone, too.',
    phone: 'Telephone of the secretariat',
    lost: 'If you have lost your device or password, two people of the secretariat make sure that it is you, and give you a new way in.',
  },
})

/** The way on for who is locked out on the worst day: whom to call, at which number. */
export function SignInHelp({ phones, open }: { phones: readonly string[]; open: boolean }) {
  const t = useTexts(texts)
  return (
    <Details summary={t.title} id="help" open={open}>
      <p>{t.call}</p>
      {phones.length > 0 && (
        <p>
          <b>
            {t.phone}{' '}
            {phones.map((phone) => (
              <a key={phone} href={`tel:${phone.replaceAll(/[^+0-9]/g, '')}`}>
                {phone}
              </a>
            ))}
          </b>
        </p>
      )}
      <p>{t.lost}</p>
    </Details>
  )
}
