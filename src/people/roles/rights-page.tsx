import type { Role } from '#ground/db/tables.ts'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { roleWords } from '#ground/html/navigation.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { kindWords, labelNames, labelOf, labels, readersOf } from '#ground/rights/labels.ts'
import { actWords, heldNow } from '#ground/rights/may.ts'
import { roles, scopeOf } from '#ground/rights/person.ts'
import { actsOf, groups, groupWords } from './act-groups.ts'
import { HolderTable } from './holder-table.tsx'
import { kindsUnder } from './label-readers.ts'
import type { Holder } from './rights-queries.ts'

const texts = inBoth({
  ja: {
    title: '権限の一覧',
    lead: 'だれが何を見て、何を行えるかの一覧です。システムが実際に使っている表から作っています。',
    as_of: '現在：',
    at: '過去の時点の権限を見る',
    readings: '閲覧記録を見る',
    recoveries: '認証の復旧を見る',
    break_glass: '非常用コードの管理簿を見る',
    review: '役割を見直す',
    roles: '役割ごとの権限',
    none: 'なし',
    phase: '局面による違い',
    phase_rule:
      '対策本部員の権限は、対策本部を設置している間だけ働きます。情報収集だけの間と平時には、対策本部員であることだけでは何も見られません。ほかの役割の権限は、局面によって変わりません。',
    phase_rule_off: '（事案に対応している間だけ）',
    scope: '付与できる相手',
    more: (count: number) => `ほか${count}人を見る`,
    labels: '情報の区分（TLP 2.0）',
    labels_caption: 'ほかの機関について書かれたものを、だれが読めるか。自機関のものは、どの区分でも読めます。',
    label: '区分',
    readers: '読める人',
    kinds: '当てはまるもの',
    all: 'サインインした全員',
    scopes: {
      desk: '協会に所属する人',
      institution: '各機関に所属する人（自機関について）',
      council: '協議会の委員',
      command_centre: '対策本部の要員',
      outside: '市場の外から見る人。「金融庁・財務局／日本銀行」は監督当局・中央銀行に所属する人だけ',
    },
  },
  en: {
    title: 'Rights',
    lead: 'Who may see what, and do what. Made from the table that the program itself uses.',
    as_of: 'As of ',
    at: 'See the rights at a past moment',
    readings: 'See who read what',
    recoveries: 'See the recoveries of sign-in',
    break_glass: 'See the register of break-glass codes',
    review: 'Review the roles',
    roles: 'Rights by role',
    none: 'None',
    phase: 'What depends on the phase',
    phase_rule:
      'The rights of command-centre members count only while a command centre is set up. In peacetime, or while information is merely gathered, being a member shows nothing. No other role’s rights depend on the phase.',
    phase_rule_off: '(only while a situation is open)',
    scope: 'Who can hold it',
    more: (count: number) => `See ${count} more`,
    labels: 'Labels (TLP 2.0)',
    labels_caption: 'Who may read what is written about another institution. One’s own may be read under every label.',
    label: 'Label',
    readers: 'Who may read',
    kinds: 'What carries it',
    all: 'Everyone who is signed in',
    scopes: {
      desk: 'People of the association',
      institution: 'People of each institution (for that institution)',
      council: 'Members of the council',
      command_centre: 'Staff of the command centre',
      outside: 'Who looks on from outside; “Authority” only people of the regulator and the central bank',
    },
  },
})

/** More holders than these are on their own page: an auditor reads the rights first. */
const holders_max = 12

/** The table of rights, the labels, and who holds each role now: what an auditor asks for, and prints. */
export function RightsPage({ holders, may_review }: { holders: Holder[]; may_review: boolean }) {
  const t = useTexts(texts)
  const { now, language } = useReading()
  return (
    <Layout title={t.title} label={labelOf.rights} wide>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <p>
        {t.as_of}
        <Time at={now} with_date />
      </p>
      <Buttons>
        <ButtonLink href="/rights/at">{t.at}</ButtonLink>
        <ButtonLink href="/trail/readings">{t.readings}</ButtonLink>
        <ButtonLink href="/recoveries">{t.recoveries}</ButtonLink>
        <ButtonLink href="/break-glass">{t.break_glass}</ButtonLink>
        {may_review && <ButtonLink href="/rights/review">{t.review}</ButtonLink>}
      </Buttons>
      <h2>{t.phase}</h2>
      <p>{t.phase_rule}</p>
      <h2>{t.roles}</h2>
      {roles.map((role) => {
        const holding = holders.filter((holder) => holder.role === role)
        return (
          <section key={role} aria-labelledby={role}>
            <h3 id={role}>
              {roleWords[language][role]}
              {dependsOnPhase(role) && t.phase_rule_off}
            </h3>
            <RoleRights role={role} />
            <HolderTable holders={holding.slice(0, holders_max)} total={holding.length} />
            {holding.length > holders_max && (
              <p>
                <a href={`/rights/at?role=${role}`}>{t.more(holding.length - holders_max)}</a>
              </p>
            )}
          </section>
        )
      })}
      <h2>{t.labels}</h2>
      <LabelTable />
    </Layout>
  )
}

/** As the rule itself answers: a role that is not held in peacetime. */
const dependsOnPhase = (role: Role) =>
  heldNow({ id: '', name_ja: '', name_en: null, institution_id: '', roles: [role] }, { is_open: false }).roles
    .length === 0

function RoleRights({ role }: { role: Role }) {
  const t = useTexts(texts)
  const words = useTexts(actWords)
  const named = useTexts(groupWords)
  const joined = useJoined()
  return (
    <SummaryList
      items={[
        { term: t.scope, value: t.scopes[scopeOf[role]] },
        ...groups.map((group) => ({
          term: named[group],
          value: joined(actsOf(role, group).map((act) => words[act])) || t.none,
        })),
      ]}
    />
  )
}

function LabelTable() {
  const t = useTexts(texts)
  const kinds = useTexts(kindWords)
  const words = useTexts(roleWords)
  const joined = useJoined()
  return (
    <DataTable
      caption={t.labels_caption}
      rows={labels}
      rowKey={(label) => label}
      columns={[
        { head: t.label, cell: (label) => labelNames[label] },
        {
          head: t.readers,
          cell: (label) =>
            readersOf(label).length === roles.length ? t.all : joined(readersOf(label).map((role) => words[role])),
        },
        { head: t.kinds, cell: (label) => joined(kindsUnder(label).map((kind) => kinds[kind])) || t.none },
      ]}
    />
  )
}

function useJoined() {
  const { language } = useReading()
  return (words: string[]) => words.join(language === 'ja' ? '、' : '; ')
}
