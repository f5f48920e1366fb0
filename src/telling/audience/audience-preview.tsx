import { contactWords } from '#directory/contacts/index.ts'
import type { Means } from '#ground/db/tables.ts'
import { Banner } from '#ground/html/banner.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { MembersNamed, Names, names_inline_max } from './audience-names.tsx'
import type { AudiencePreviewed } from './preview.ts'
import { audienceWords } from './words.ts'

const texts = inBoth({
  ja: {
    to: '宛先の機関',
    infrastructure: (count: number) => `（うち関係機関${count}）`,
    people: '連絡できる担当者',
    persons: (count: number) => `${count}人`,
    means: '使える連絡手段',
    nobody: 'この宛先に当たる機関は、今はありません',
    nobody_next: '宛先を選び直してください。このままでは誰にも届きません。',
    unreachable: (count: number) => `連絡手段のない機関が${count}あります`,
    unreachable_next: 'この機関には何も届きません。ほかの方法で知らせ、連絡先を登録してもらってください。',
    removed: '削除された宛先グループが含まれています',
    removed_next: 'このグループの機関は宛先に入っていません。',
    gone: '今は参加していない機関が選ばれています',
    gone_next: '宛先には入っていません。',
    see_unreachable: '連絡手段のない機関を見る',
  },
  en: {
    to: 'Institutions addressed',
    infrastructure: (count: number) => ` (${count} of them infrastructure)`,
    people: 'People who can be reached',
    persons: (count: number) => (count === 1 ? '1 person' : `${count} people`),
    means: 'With a usable address',
    nobody: 'No institution is addressed by this now',
    nobody_next: 'Choose again. As it is, this would reach nobody.',
    unreachable: (count: number) =>
      `${count === 1 ? '1 institution has' : `${count} institutions have`} no usable address`,
    unreachable_next: 'Nothing will reach them. Tell them another way, and have them enter a contact.',
    removed: 'It names a saved audience that was removed',
    removed_next: 'Its institutions are not addressed.',
    gone: 'It names institutions that do not take part now',
    gone_next: 'They are not addressed.',
    see_unreachable: 'See which they are',
  },
})

const shown: readonly Means[] = ['mail', 'mobile', 'web_push', 'phone', 'priority_phone', 'satellite', 'fax', 'webhook']

/**
 * Who an audience is: counts first, then what is wrong with it, then every name for those who ask; `names_at` is the page of
 * the names, for an audience with many.
 */
export function AudiencePreview({ preview, names_at }: { preview: AudiencePreviewed; names_at: string }) {
  const t = useTexts(texts)
  const words = useTexts(audienceWords)
  const { means: meansTexts } = useTexts(contactWords)
  const { language } = useReading()
  const { institutions, infrastructure, people, means, unreachable, removed_groups, gone } = preview
  return (
    <>
      <SummaryList
        items={[
          {
            term: t.to,
            value: (
              <>
                <b>{words.count(institutions.length)}</b>
                {infrastructure > 0 && t.infrastructure(infrastructure)}
              </>
            ),
          },
          { term: t.people, value: <b>{t.persons(people)}</b> },
          {
            term: t.means,
            value: (
              <ul>
                {shown
                  .filter((one) => one === 'mail' || means[one])
                  .map((one) => (
                    <li key={one}>
                      {meansTexts[one]} {t.persons(means[one] ?? 0)}
                    </li>
                  ))}
              </ul>
            ),
          },
        ]}
      />
      {institutions.length === 0 && (
        <Banner kind="error" title={t.nobody}>
          <p>{t.nobody_next}</p>
        </Banner>
      )}
      {unreachable.length > 0 && (
        <Banner kind="warning" title={t.unreachable(unreachable.length)}>
          <p>{t.unreachable_next}</p>
          {unreachable.length > names_inline_max ? (
            <p>
              <a href={`${names_at}?shown=unreachable`}>{t.see_unreachable}</a>
            </p>
          ) : (
            <Names of={unreachable.map((one) => ({ key: one.code, text: named(language, one) }))} />
          )}
        </Banner>
      )}
      {removed_groups.length > 0 && (
        <Banner kind="warning" title={t.removed}>
          <p>{t.removed_next}</p>
          <Names of={removed_groups.map((one) => ({ key: one.id, text: named(language, one) }))} />
        </Banner>
      )}
      {gone.length > 0 && (
        <Banner kind="warning" title={t.gone}>
          <p>{t.gone_next}</p>
          <Names of={gone.map((code) => ({ key: code, text: code }))} />
        </Banner>
      )}
      <MembersNamed institutions={institutions} names_at={names_at} />
    </>
  )
}
