import { Checkbox } from '#ground/html/choices.tsx'
import { Details } from '#ground/html/details.tsx'
import { HiddenFields, type Problems, Select, TextInput } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'
import { isSimilar } from './check-mails.ts'
import type { RowValues } from './contact-values.ts'
import { contactWords, typedMeans } from './words.ts'

const texts = inBoth({
  ja: {
    means: (n: number) => `${n}番目の手段`,
    address: (n: number) => `${n}番目の番号・アドレス`,
    address_hint: '電話は「03-1234-5678 内線12」のように入力できます。',
    sure: 'このアドレスで間違いない',
    more: (n: number) => `${n}番目の順番・共有の設定`,
    order: '順番',
    role: '共有の連絡先（当番が受ける）',
    person_behind: '今の担当者',
  },
  en: {
    means: (n: number) => `Means ${n}`,
    address: (n: number) => `Number or address ${n}`,
    address_hint: 'A phone can be written like “03-1234-5678 ext. 12”.',
    sure: 'This address is right',
    more: (n: number) => `Order and sharing of number ${n}`,
    order: 'Order',
    role: 'Shared (whoever is on duty answers)',
    person_behind: 'Who that is today',
  },
})

/** One way to reach a contact in their form. */
export function AddressRow({ index, row, problems }: { index: number; row: RowValues; problems: Problems }) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const problem = problems[`address_${index}`]
  const [order, behind] = [problems[`order_${index}`], problems[`person_behind_${index}`]]
  return (
    <>
      <HiddenFields fields={{ [`id_${index}`]: row.id }} />
      <Select
        name={`means_${index}`}
        label={t.means(index + 1)}
        value={row.means}
        options={typedMeans.map((value) => ({ value, text: words.means[value] }))}
      />
      <TextInput
        name={`address_${index}`}
        label={t.address(index + 1)}
        hint={index === 0 ? t.address_hint : undefined}
        value={row.address}
        problem={problem}
        maxLength={500}
        autoComplete="off"
      />
      {(isSimilar(problem) || row.is_sure) && (
        <Checkbox name={`is_sure_${index}`} text={t.sure} checked={row.is_sure} />
      )}
      <Details
        summary={t.more(index + 1)}
        id={`more_${index}`}
        open={row.is_role_mailbox || Boolean(order) || Boolean(behind)}
      >
        <TextInput
          name={`order_${index}`}
          label={t.order}
          value={row.order}
          problem={order}
          inputMode="numeric"
          width="short"
        />
        <Checkbox name={`is_role_mailbox_${index}`} text={t.role} checked={row.is_role_mailbox} />
        <TextInput
          name={`person_behind_${index}`}
          label={t.person_behind}
          value={row.person_behind}
          problem={behind}
          maxLength={100}
        />
      </Details>
    </>
  )
}
