import { Banner } from '#ground/html/banner.tsx'
import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, type Problems } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { DissolvingEffect } from './dissolve-centre.ts'
import { CentreFields, type Criterion } from './opening-fields.tsx'
import { openingTexts } from './opening-texts.ts'
import type { SituationView } from './queries.ts'
import { ReasonFields } from './reason-fields.tsx'

type Asked = { situation: SituationView; values: Record<string, string>; problems?: Problems }

/** Sets up the command centre in a situation that is open: why, and one press. */
export function SetUpPage({ situation, values, problems = {}, criteria }: Asked & { criteria: Criterion[] }) {
  const t = useTexts(openingTexts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  return (
    <Layout title={t.title} mode={situation.mode} label={situation.label}>
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <h1>{t.title}</h1>
      <p>
        <b>{language === 'en' ? situation.title_en : situation.title_ja}</b>
      </p>
      <ErrorSummary problems={problems} />
      <p>{t.set_up_lead}</p>
      <Form action={`${path}/command-centre`}>
        <ReasonFields of="command_centre" {...{ values, problems }} />
        <Details
          summary={t.criterion}
          id="more"
          open={Boolean(values.criterion || problems.criterion || problems.recovery_minutes)}
        >
          <CentreFields {...{ values, problems, criteria }} />
        </Details>
        <Banner kind="warning" title={t.effects}>
          <ul>
            {t.set_up_effects.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Banner>
        <Button>{t.set_up_acts[situation.mode]}</Button>
      </Form>
    </Layout>
  )
}

const texts = inBoth({
  ja: {
    title: '対策本部を廃止する',
    lead: '廃止しても事案は終わりません。照会・報告・還元は続きます。事案を終えるときは「事案を終結する」を使います。',
    effects: '廃止すると、次のことが同時に起きます',
    members: (count: number) =>
      `対策本部員の役割を持つ${count}人は、ほかの役割の範囲でしか市場全体を見られなくなります。`,
    members_stay: (count: number) => `ほかに対策本部を設置中の事案が${count}件あるため、対策本部員の権限は続きます。`,
    waiting: (count: number) => `未回答の${count}機関への照会は、そのまま続きます。`,
    nobody: '照会に未回答の機関はありません。',
    published: '一般への公表は変わりません。公表していれば、公表内容の更新が必要になります。',
    again: '必要になれば、この事案に対策本部をもう一度設置できます。',
    acts: {
      actual: '対策本部を廃止する',
      exercise: '訓練の対策本部を廃止する',
      test: '試験の対策本部を廃止する',
    },
  },
  en: {
    title: 'Dissolve the command centre',
    lead: 'The situation does not end with it: askings, reports and the return go on. To end it, use “Close the situation”.',
    effects: 'Dissolving it does all of this at once',
    members: (count: number) =>
      `The role of command-centre members shows the whole market no more to the ${count} who hold it.`,
    members_stay: (count: number) =>
      `The rights of command-centre members go on: a command centre stands in other situations (${count}).`,
    waiting: (count: number) => `Institutions that have not answered are still asked: ${count}.`,
    nobody: 'No institution that was asked still has to answer.',
    published: 'What the public reads does not change. If it was published, it has to be updated.',
    again: 'If it is needed, a command centre can be set up in this situation again.',
    acts: {
      actual: 'Dissolve the command centre',
      exercise: 'Dissolve the command centre (EXERCISE)',
      test: 'Dissolve the command centre (TEST)',
    },
  },
})

/** Dissolves the command centre: what that ends stands in numbers before it. */
export function DissolvePage({ situation, values, problems = {}, effect }: Asked & { effect: DissolvingEffect }) {
  const t = useTexts(texts)
  const { back } = useTexts(openingTexts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  const lines = [
    effect.others > 0 ? t.members_stay(effect.others) : t.members(effect.members),
    effect.waiting > 0 ? t.waiting(effect.waiting) : t.nobody,
    t.published,
  ]
  return (
    <Layout title={t.title} mode={situation.mode} label={situation.label}>
      <p>
        <a href={path}>{back}</a>
      </p>
      <h1>{t.title}</h1>
      <p>
        <b>{language === 'en' ? situation.title_en : situation.title_ja}</b>
      </p>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      <Banner kind="warning" title={t.effects}>
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p>{t.again}</p>
      </Banner>
      <Form action={`${path}/command-centre/dissolution`}>
        <ReasonFields of="dissolution" {...{ values, problems }} />
        <Button danger>{t.acts[situation.mode]}</Button>
      </Form>
    </Layout>
  )
}
