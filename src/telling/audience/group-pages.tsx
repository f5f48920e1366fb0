import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Checkbox } from '#ground/html/choices.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextInput } from '#ground/html/forms.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { SummaryList } from '#ground/html/summary-list.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { AudienceFields } from './audience-fields.tsx'
import type { Lists } from './audience-form.ts'
import { AudiencePreview } from './audience-preview.tsx'
import { type AudienceNames, AudienceSaid } from './audience-said.tsx'
import type { AudienceChoices } from './choices.ts'
import { name_length_max } from './group-form.ts'
import { groupTexts } from './group-texts.ts'
import type { Group, ListedGroup } from './groups.ts'
import type { AudiencePreviewed } from './preview.ts'

export function GroupsPage({ groups, may_edit }: { groups: ListedGroup[]; may_edit: boolean }) {
  const t = useTexts(groupTexts)
  const { language } = useReading()
  return (
    <Layout title={t.title} live="/audiences" label={labelOf.audience}>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      {may_edit && (
        <ButtonLink href="/audiences/new" kind="solid-fill">
          {t.add}
        </ButtonLink>
      )}
      <DataTable
        caption={t.title}
        rows={groups}
        rowKey={({ id }) => id}
        empty={<Empty title={t.empty}>{may_edit ? t.empty_next : t.empty_reader}</Empty>}
        columns={[
          { head: t.name, cell: (group) => <a href={`/audiences/${group.id}`}>{named(language, group)}</a> },
          { head: t.today, cell: ({ institutions }) => institutions, numeric: true },
          { head: t.changed, cell: (group) => <Changed group={group} /> },
        ]}
      />
    </Layout>
  )
}

const Changed = ({ group }: { group: Pick<Group, 'made_at' | 'made_by_ja' | 'made_by_en'> }) => {
  const { language } = useReading()
  return (
    <>
      <Time at={group.made_at} with_date />{' '}
      {named(language, { name_ja: group.made_by_ja ?? '', name_en: group.made_by_en })}
    </>
  )
}

export type GroupShown = {
  group: Group
  names: AudienceNames
  preview: AudiencePreviewed
  /** Groups in use that name this one. */
  users: { id: string; name_ja: string; name_en: string }[]
}

export function GroupPage({
  group,
  names,
  preview,
  users,
  may_edit,
  problems = {},
}: GroupShown & { may_edit: boolean; problems?: Problems }) {
  const t = useTexts(groupTexts)
  const { language } = useReading()
  const title = named(language, group)
  return (
    <Layout title={title} live={`/audiences/${group.id}`} label={labelOf.audience}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      {group.removed_at ? (
        <Banner kind="warning" title={t.removed}>
          <p>
            {t.removed_next} <Time at={group.removed_at} with_date />
          </p>
        </Banner>
      ) : (
        may_edit && (
          <ButtonLink href={`/audiences/${group.id}/edit`} kind="solid-fill">
            {t.edit}
          </ButtonLink>
        )
      )}
      <h2>{t.said}</h2>
      <AudienceSaid audience={group.audience} names={names} />
      <h2>{t.members}</h2>
      <AudiencePreview preview={preview} names_at={`/audiences/${group.id}/institutions`} />
      <SummaryList
        items={[
          { term: t.changed, value: <Changed group={group} /> },
          { term: t.version, value: group.version },
        ]}
      />
      {users.length > 0 && (
        <>
          <h2>{t.used_by}</h2>
          <ul>
            {users.map((user) => (
              <li key={user.id}>
                <a href={`/audiences/${user.id}`}>{named(language, user)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {may_edit && !group.removed_at && (
        <>
          <h2>{t.remove}</h2>
          <p>{t.remove_lead}</p>
          <Form action={`/audiences/${group.id}/removal`}>
            {users.length > 0 && (
              <Checkbox name="used_known" text={t.used_known(users.length)} problem={problems.used_known} required />
            )}
            <Button kind="outline" danger>
              {t.remove}
            </Button>
          </Form>
        </>
      )}
      <p>
        <a href="/audiences">{t.back}</a>
      </p>
    </Layout>
  )
}

type EditProps = {
  /** Null for a new group. */
  id: string | null
  values: Record<string, string>
  chosen: Lists
  choices: AudienceChoices
  problems?: Problems
  /** What another has saved meanwhile. */
  now?: { group: Group; names: AudienceNames } | undefined
}

export function EditGroupPage({ id, values, chosen, choices, problems = {}, now }: EditProps) {
  const t = useTexts(groupTexts)
  const { language } = useReading()
  const title = id ? t.edit : t.add
  return (
    <Layout title={title} label={labelOf.audience}>
      <h1>{title}</h1>
      <ErrorSummary problems={problems} />
      {now && (
        <Banner kind="warning" title={t.now}>
          <p>
            <b>{named(language, now.group)}</b>　<Changed group={now.group} />
          </p>
          <AudienceSaid audience={now.group.audience} names={now.names} />
          <p>{t.kept}</p>
        </Banner>
      )}
      <Form action={id ? `/audiences/${id}` : '/audiences'}>
        <HiddenFields
          fields={{
            version: values.version ?? '0',
            ...(values.idempotency_key && { idempotency_key: values.idempotency_key }),
          }}
        />
        {(['name_ja', 'name_en'] as const).map((name) => (
          <TextInput
            key={name}
            name={name}
            label={t[name]}
            value={values[name]}
            problem={problems[name]}
            maxLength={name_length_max}
            required
          />
        ))}
        <AudienceFields choices={choices} values={chosen} problems={problems} />
        <Button>{t.save}</Button>
      </Form>
    </Layout>
  )
}
