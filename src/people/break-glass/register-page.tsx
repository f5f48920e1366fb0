import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { left_min, type Register } from './queries.ts'
import { codes_per_set } from './seal.ts'

const texts = inBoth({
  ja: {
    title: '非常用コードの管理簿',
    lead: '事務局の人がほかの方法でサインインできないときに使う、封筒に入れた紙のコードです。コードそのものは、ここにも残っていません。',
    none: '封緘した組がありません',
    none_next: '非常時にだれもサインインできなくなるおそれがあります。承認者が新しい組を封緘してください。',
    scarce: `残りが${left_min}個未満です`,
    scarce_next: '新しい組を封緘してください。',
    untested: 'この1年間、訓練で確かめていません',
    untested_next: 'サインイン画面の「非常用コードを使う」で「訓練として使う」を選び、1個を試してください。',
    again: '新しい組は、すでに封緘されています',
    again_next: 'コードは一度しか表示されません。印刷できなかったときは、もう一度封緘してください。',
    left: '残り',
    unit: (all: number) => `/ ${all}個`,
    drilled: '最後の訓練',
    never: 'なし',
    caption: (number: number) => `第${number}組`,
    number: '番号',
    state: '状態',
    unused: '未使用',
    used: '使用済み',
    drill: '訓練で使用',
    at: '日時',
    by: '人',
    reason: '理由',
    recoveries: '認証の復旧（サインインの方法をすべて失った人）を見る',
    sets: 'これまでの組',
    sets_caption: '新しい順',
    sealed: '封緘',
    voided: '無効',
    current: '有効',
    seal: '新しい組を封緘する',
    seal_lead: `${codes_per_set}個のコードを一度だけ表示します。印刷できる状態で始めてください。`,
    seal_effect: (number: number, left: number) => `第${number}組の残り${left}個は、すべて無効になります。`,
  },
  en: {
    title: 'Register of break-glass codes',
    lead: 'Codes on paper in a sealed envelope, for people of the secretariat who cannot sign in otherwise. The codes themselves are kept nowhere.',
    none: 'No set is sealed',
    none_next: 'In an emergency nobody might be able to sign in. An approver should seal a set.',
    scarce: `Fewer than ${left_min} are left`,
    scarce_next: 'Seal a new set.',
    untested: 'Not tested in an exercise for a year',
    untested_next: 'On the sign-in page, choose “Use a break-glass code” and “Use it as an exercise”, and try one.',
    again: 'A new set has been sealed already',
    again_next: 'Codes are shown once. If you could not print them, seal again.',
    left: 'Left',
    unit: (all: number) => `of ${all}`,
    drilled: 'Last exercise',
    never: 'Never',
    caption: (number: number) => `Set ${number}`,
    number: 'Number',
    state: 'State',
    unused: 'Not used',
    used: 'Used',
    drill: 'Used in an exercise',
    at: 'When',
    by: 'Who',
    reason: 'Reason',
    recoveries: 'See the recoveries of sign-in (who has lost every way)',
    sets: 'Sets so far',
    sets_caption: 'Newest first',
    sealed: 'Sealed',
    voided: 'Void',
    current: 'Valid',
    seal: 'Seal a new set',
    seal_lead: `Shows ${codes_per_set} codes, once. Have a printer at hand.`,
    seal_effect: (number: number, left: number) => `The ${left} codes that are left of set ${number} will be void.`,
  },
})

type Props = { register: Register; idempotency_key: string; sealedAlready?: boolean }

export function RegisterPage({ register, idempotency_key, sealedAlready = false }: Props) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  const { sets, current, codes, left, drilled_at } = register
  return (
    <Layout title={t.title} live="/break-glass" label={labelOf.rights}>
      <h1>{t.title}</h1>
      {sealedAlready && (
        <Banner kind="info" title={t.again}>
          <p>{t.again_next}</p>
        </Banner>
      )}
      {register.isScarce && (
        <Banner kind="warning" title={t.scarce}>
          <p>{t.scarce_next}</p>
        </Banner>
      )}
      {current && register.isUntested && (
        <Banner kind="warning" title={t.untested}>
          <p>{t.untested_next}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      {current ? (
        <>
          <SummaryList
            items={[
              { term: t.left, value: `${left} ${t.unit(codes.length)}` },
              { term: t.drilled, value: drilled_at ? <Time at={drilled_at} with_date /> : t.never },
            ]}
          />
          <DataTable
            caption={t.caption(current.number)}
            rows={codes}
            rowKey={({ number }) => String(number)}
            columns={[
              { head: t.number, cell: ({ number }) => number },
              {
                head: t.state,
                cell: ({ used_mode }) => (
                  <Chip look={used_mode === null ? 'waiting' : used_mode === 'actual' ? 'severe' : 'normal'}>
                    {used_mode === null ? t.unused : used_mode === 'actual' ? t.used : t.drill}
                  </Chip>
                ),
              },
              { head: t.at, cell: ({ used_at }) => used_at && <Time at={used_at} with_date /> },
              { head: t.by, cell: ({ name_ja, name_en }) => name_ja && named(language, { name_ja, name_en }) },
              { head: t.reason, cell: ({ reason }) => reason },
            ]}
          />
        </>
      ) : (
        <Empty title={t.none}>{t.none_next}</Empty>
      )}
      {reader && may(reader, 'break-glass.seal') && (
        <Form action="/break-glass/sets">
          <HiddenFields fields={{ idempotency_key }} />
          <p>
            {t.seal_lead} {current && t.seal_effect(current.number, left)}
          </p>
          <Button danger={current !== null}>{t.seal}</Button>
        </Form>
      )}
      {sets.length > 0 && (
        <>
          <h2>{t.sets}</h2>
          <DataTable
            caption={t.sets_caption}
            rows={sets}
            rowKey={({ id }) => id}
            columns={[
              { head: t.number, cell: ({ number }) => number },
              { head: t.sealed, cell: ({ sealed_at }) => <Time at={sealed_at} with_date /> },
              { head: t.by, cell: (set) => named(language, set) },
              {
                head: t.voided,
                cell: ({ voided_at }) => (voided_at ? <Time at={voided_at} with_date /> : t.current),
              },
            ]}
          />
        </>
      )}
      <p>
        <a href="/recoveries">{t.recoveries}</a>
      </p>
    </Layout>
  )
}
