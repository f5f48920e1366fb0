import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Checkbox, Radios } from '#ground/html/choices.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, Select, TextArea, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { intensities, intensityWords, tsunamiWords } from '#hazards/telegrams/index.ts'
import { Rule } from './criteria.ts'
import type { CriterionVersion } from './queries.ts'
import { kinds, kindWords, ruleWords } from './rule-words.ts'

const texts = inBoth({
  ja: {
    title: '設置基準',
    lead: '電文や各機関の報告がこの基準に当たると、対策本部の設置をソフトウェアが提案します。決めるのは人です。',
    name: '名称',
    rule: '条件',
    basis: '根拠',
    state: '状態',
    active: '有効',
    inactive: '停止中',
    version: '版',
    add: '基準を追加する',
    edit: '基準を変更する',
    new_title: '基準を追加する',
    history: '変更の履歴',
    name_ja: '名称（日本語）',
    name_en: '名称（英語）',
    kind: '条件の種類',
    at_least: '震度のしきい値（震度の条件のとき）',
    tsunami: '津波のしきい値（津波の条件のとき）',
    institutions: '対象の機関（拠点の条件のとき）',
    infrastructure: '関係機関だけ',
    any: 'すべての機関',
    area_code: '細分区域コード（区域の条件のとき）',
    area_hint: '例：350（東京都２３区）',
    codes: '情報コード（南海トラフのとき）',
    codes_hint: '120＝巨大地震警戒、130＝巨大地震注意、111～113＝調査中',
    is_active: 'この基準で提案する',
    reason: '変更の理由',
    save: '新しい版として保存する',
    choose: '選んでください',
    bases: {
      'S0-59': '設置基準①　市場慣行等の継続が困難',
      'S0-60': '設置基準②　インフラ機関等に対策本部',
      'S0-61': '設置基準③　法律にもとづく国の対策本部',
    },
    first: '初期設定',
  },
  en: {
    title: 'Criteria',
    lead: 'When telegrams or reports meet one of these, software proposes to set up the command centre. People decide.',
    name: 'Name',
    rule: 'Condition',
    basis: 'Basis',
    state: 'State',
    active: 'Active',
    inactive: 'Off',
    version: 'Version',
    add: 'Add a criterion',
    edit: 'Change the criterion',
    new_title: 'Add a criterion',
    history: 'History',
    name_ja: 'Name (Japanese)',
    name_en: 'Name (English)',
    kind: 'Kind of condition',
    at_least: 'Intensity at least (for conditions on intensity)',
    tsunami: 'Tsunami grade at least (for tsunami)',
    institutions: 'Institutions that count (for conditions on sites)',
    infrastructure: 'Infrastructure only',
    any: 'All institutions',
    area_code: 'Area code (for conditions on one area)',
    area_hint: 'For example 350 (23 wards of Tokyo)',
    codes: 'Information codes (for the Nankai Trough)',
    codes_hint: '120 = megaquake alert, 130 = megaquake advisory, 111–113 = under investigation',
    is_active: 'Propose by this criterion',
    reason: 'Reason for the change',
    save: 'Save as a new version',
    choose: 'Choose one',
    bases: {
      'S0-59': 'Criterion 1: market practice seems difficult',
      'S0-60': 'Criterion 2: a command centre at an infrastructure',
      'S0-61': 'Criterion 3: a national headquarters by law',
    },
    first: 'Initial setting',
  },
})

type Listed = Pick<CriterionVersion, 'id' | 'version' | 'name_ja' | 'name_en' | 'basis' | 'rule' | 'is_active'>

export function CriteriaPage({ criteria, may_edit }: { criteria: Listed[]; may_edit: boolean }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Layout title={t.title} live="/criteria" label={labelOf.criterion}>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <DataTable
        caption={t.title}
        rows={criteria}
        rowKey={(criterion) => criterion.id}
        columns={[
          { head: t.name, cell: (criterion) => <a href={`/criteria/${criterion.id}`}>{named(language, criterion)}</a> },
          { head: t.rule, cell: (criterion) => ruleWords(language, Rule.parse(criterion.rule)) },
          { head: t.basis, cell: (criterion) => t.bases[criterion.basis] },
          {
            head: t.state,
            cell: (criterion) => (
              <Chip look={criterion.is_active ? 'normal' : 'none'}>{criterion.is_active ? t.active : t.inactive}</Chip>
            ),
          },
          { head: t.version, cell: (criterion) => criterion.version, numeric: true },
        ]}
      />
      {may_edit && <ButtonLink href="/criteria/new">{t.add}</ButtonLink>}
    </Layout>
  )
}

type CriterionPageProps = {
  versions: CriterionVersion[]
  may_edit: boolean
  values?: Record<string, string>
  problems?: Problems
}

export function CriterionPage({ versions, may_edit, values, problems = {} }: CriterionPageProps) {
  const t = useTexts(texts)
  const { language } = useReading()
  const [newest] = versions
  const title = newest ? named(language, newest) : t.new_title
  return (
    <Layout title={title} label={labelOf.criterion}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      {newest && <p>{ruleWords(language, Rule.parse(newest.rule))}</p>}
      {may_edit && (
        <Editor
          action={newest ? `/criteria/${newest.id}` : '/criteria'}
          values={values ?? valuesOf(newest)}
          problems={problems}
        />
      )}
      {versions.length > 0 && (
        <section aria-labelledby="history">
          <h2 id="history">{t.history}</h2>
          <Timeline
            entries={versions.map((version, index) => ({
              key: String(version.version),
              at: version.made_at,
              title: `${t.version} ${version.version}: ${named(language, version)} ― ${ruleWords(language, Rule.parse(version.rule))} ― ${version.is_active ? t.active : t.inactive}`,
              by: version.made_by_ja ?? t.first,
              body: version.reason,
              corrected_at: versions[index - 1]?.made_at,
            }))}
          />
        </section>
      )}
    </Layout>
  )
}

function Editor({ action, values, problems }: { action: string; values: Record<string, string>; problems: Problems }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <Form action={action}>
      <HiddenFields
        fields={{
          version: values.version ?? '0',
          ...(values.idempotency_key && { idempotency_key: values.idempotency_key }),
        }}
      />
      <TextInput name="name_ja" label={t.name_ja} value={values.name_ja} problem={problems.name_ja} required />
      <TextInput name="name_en" label={t.name_en} value={values.name_en} problem={problems.name_en} required />
      <Radios
        name="basis"
        legend={t.basis}
        value={values.basis}
        problem={problems.basis}
        required
        choices={Object.entries(t.bases).map(([value, text]) => ({ value, text }))}
      />
      <Select
        name="kind"
        label={t.kind}
        value={values.kind}
        problem={problems.kind}
        required
        empty={t.choose}
        options={kinds.map((kind) => ({ value: kind, text: kindWords(language)[kind] }))}
      />
      <Select
        name="at_least"
        label={t.at_least}
        value={values.at_least}
        problem={problems.at_least}
        empty={t.choose}
        options={intensities.map((value) => ({ value, text: intensityWords[language][value] }))}
      />
      <TextInput
        name="area_code"
        label={t.area_code}
        hint={t.area_hint}
        value={values.area_code}
        problem={problems.area_code}
        inputMode="numeric"
        width="short"
      />
      <Select
        name="institutions"
        label={t.institutions}
        value={values.institutions}
        problem={problems.institutions}
        empty={t.choose}
        options={[
          { value: 'infrastructure', text: t.infrastructure },
          { value: 'any', text: t.any },
        ]}
      />
      <Select
        name="tsunami"
        label={t.tsunami}
        value={values.tsunami}
        problem={problems.tsunami}
        empty={t.choose}
        options={(['major_warning', 'warning', 'advisory'] as const).map((value) => ({
          value,
          text: tsunamiWords[language][value],
        }))}
      />
      <TextInput
        name="codes"
        label={t.codes}
        hint={t.codes_hint}
        value={values.codes}
        problem={problems.codes}
        width="half"
      />
      <Checkbox name="is_active" text={t.is_active} checked={values.is_active === 'yes'} />
      <TextArea name="reason" label={t.reason} value={values.reason} problem={problems.reason} rows={3} required />
      <Button>{t.save}</Button>
    </Form>
  )
}

function valuesOf(criterion: CriterionVersion | undefined): Record<string, string> {
  if (!criterion) return { version: '0', is_active: 'yes', idempotency_key: crypto.randomUUID() }
  const rule = Rule.parse(criterion.rule)
  return {
    version: String(criterion.version),
    name_ja: criterion.name_ja,
    name_en: criterion.name_en,
    basis: criterion.basis,
    kind: rule.kind,
    ...(criterion.is_active && { is_active: 'yes' }),
    ...(rule.kind === 'tsunami' && { tsunami: rule.at_least }),
    ...('at_least' in rule && rule.kind !== 'tsunami' && { at_least: rule.at_least }),
    ...('institutions' in rule && { institutions: rule.institutions }),
    ...('area_code' in rule && { area_code: rule.area_code }),
    ...('codes' in rule && { codes: rule.codes.join(' ') }),
  }
}
