import { Banner } from '#ground/html/banner.tsx'
import { Button, Buttons } from '#ground/html/button.tsx'
import { Chip, type Look } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import { type EntryState, type ListedEntry, second_days_min } from './entry-queries.ts'

export type Failed = 'same_person' | 'refused' | 'over'

const texts = inBoth({
  ja: {
    title: '事務局の役割の同意',
    lead: `事務局・承認者・監査担当者の役割は、事務局の2人がそろって初めて付きます。求めた人と本人は同意できません。求めた人・同意した人が作った実災害の通知は、その人が役割を得てから${second_days_min}日のあいだ、その人には承認できません。その人が作った実災害の通知も、求めた人には承認できません。`,
    caption: '同意を待っているもの、新しい順',
    empty: '事務局の役割を求めている人はいません',
    empty_next: '招待、または利用者のページで事務局の役割を選ぶと、ここに出て、ほかの事務局員の同意を待ちます。',
    who: '人',
    roles: '役割',
    reason: '理由',
    asked: '求めた人',
    state: '状態',
    acts: '判断',
    states: {
      waiting: '同意待ち',
      agreed: '同意済み',
      alone: '1人で成立（ほかに事務局員がいなかった）',
      refused: '不同意',
      over: '期限切れ・取り消し',
    } as Record<EntryState, string>,
    agree: '役割を付けることに同意する',
    refuse: '同意しない',
    own: 'ほかの事務局員の同意を待っています',
    failed: {
      same_person: ['求めた人と本人は同意できません', '何も変わっていません。別の事務局員に電話で依頼してください。'],
      refused: ['すでに不同意とされています', '役割は付いていません。必要なら、もう一度招待するか付与してください。'],
      over: [
        'もう判断できません',
        '同意または取り消しが済んだか、期限が過ぎています。下の状態を確かめ、必要ならもう一度招待するか付与してください。',
      ],
    } as Record<Failed, [string, string]>,
  },
  en: {
    title: 'Roles of the desk: agreement',
    lead: `A role of the secretariat, an approver or an auditor takes two people of the desk. Neither who asks nor the person agrees. For ${second_days_min} days the person cannot release real notices of those who asked and agreed, nor who asked those of the person.`,
    caption: 'Waiting first, then the newest',
    empty: 'Nobody is to have a role of the desk',
    empty_next:
      'When such a role is chosen in an invitation or on a person’s page, it waits here for another of the desk.',
    who: 'Person',
    roles: 'Roles',
    reason: 'Reason',
    asked: 'Asked by',
    state: 'State',
    acts: 'Decide',
    states: {
      waiting: 'Waits for agreement',
      agreed: 'Agreed',
      alone: 'By one person: there was no other of the desk',
      refused: 'Not agreed',
      over: 'Out of time, or withdrawn',
    },
    agree: 'Agree to the role',
    refuse: 'Do not agree',
    own: 'Waits for another of the desk',
    failed: {
      same_person: [
        'Neither who asked nor the person agrees',
        'Nothing has changed. Telephone another of the secretariat.',
      ],
      refused: ['It was not agreed already', 'The role is not given. Invite or grant again if need be.'],
      over: [
        'It can no longer be decided',
        'It was agreed or withdrawn, or its time has run out. See its state below; invite or grant again if need be.',
      ],
    },
  },
})

const looks: Record<EntryState, Look> = {
  waiting: 'waiting',
  agreed: 'normal',
  alone: 'partial',
  refused: 'unknown',
  over: 'expired',
}

/** Who is to have a role of the desk, and the one act of another of the desk about it. */
export function EntriesPage({ entries, failed }: { entries: readonly ListedEntry[]; failed?: Failed | undefined }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Layout title={t.title} live="/desk-entries" label={labelOf.rights} wide>
      <h1>{t.title}</h1>
      {failed && (
        <Banner kind="error" title={t.failed[failed][0]}>
          <p>{t.failed[failed][1]}</p>
        </Banner>
      )}
      <p>{t.lead}</p>
      <DataTable
        caption={t.caption}
        rows={entries}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={[
          {
            head: t.who,
            cell: (row) => (
              <>
                {named(language, row)}
                <div className="dads-note">{row.email}</div>
              </>
            ),
          },
          { head: t.roles, cell: ({ roles }) => roles.map((role) => roleWords[language][role]).join(' / ') },
          { head: t.reason, cell: ({ reason }) => reason },
          {
            head: t.asked,
            cell: ({ asker_ja, asker_en, asked_at }) => (
              <>
                {named(language, { name_ja: asker_ja, name_en: asker_en })}
                <div className="dads-note">
                  <Time at={asked_at} with_date />
                </div>
              </>
            ),
          },
          {
            head: t.state,
            cell: ({ state, agreer_ja, agreer_en }) => (
              <>
                <Chip look={looks[state]}>{t.states[state]}</Chip>
                {agreer_ja && (
                  <div className="dads-note">{named(language, { name_ja: agreer_ja, name_en: agreer_en })}</div>
                )}
              </>
            ),
          },
          { head: t.acts, cell: (row) => <Acts row={row} /> },
        ]}
      />
    </Layout>
  )
}

function Acts({ row }: { row: ListedEntry }) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  if (row.state !== 'waiting' || !reader || !may(reader, 'desk-entry.agree')) return null
  if (row.asked_by === reader.id || row.person_id === reader.id) return t.own
  const whose = <span className="dads-visually-hidden"> {named(language, row)}</span>
  return (
    <Buttons>
      <Form action={`/desk-entries/${row.id}/agreement`}>
        <Button size="md">
          {t.agree}
          {whose}
        </Button>
      </Form>
      <Form action={`/desk-entries/${row.id}/refusal`}>
        <Button kind="outline" size="md" danger>
          {t.refuse}
          {whose}
        </Button>
      </Form>
    </Buttons>
  )
}
