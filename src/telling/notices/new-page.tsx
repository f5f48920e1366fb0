import { noticeKindWords, writtenKinds } from '#delivery/deliveries/index.ts'
import { ButtonLink } from '#ground/html/button.tsx'
import { Card } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { composeTexts } from './compose-texts.ts'

/** The first question of a new notice: what it is, so that the next page asks only for that. */
export function NewNoticePage({
  situation_id,
  templates,
}: {
  situation_id: string | undefined
  templates: { code: string; name_ja: string; name_en: string }[]
}) {
  const t = useTexts(composeTexts)
  const kinds = useTexts(noticeKindWords)
  const { language } = useReading()
  const behind = situation_id ? `&situation=${encodeURIComponent(situation_id)}` : ''
  return (
    <Layout title={t.new}>
      <h1>{t.new}</h1>
      <h2>{t.kind}</h2>
      {writtenKinds.map((kind) => (
        <Card
          key={kind}
          title={<a href={`/notices/new?kind=${kind}${kind === 'test' ? '' : behind}`}>{kinds[kind]}</a>}
        >
          <p>{t.kind_leads[kind]}</p>
        </Card>
      ))}
      {templates.length > 0 && (
        <>
          <h2>{t.templates}</h2>
          <ul>
            {templates.map((template) => (
              <li key={template.code}>
                <a href={`/notices/new?template=${template.code}${behind}`}>{named(language, template)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <ButtonLink href="/notices" size="md">
          {t.drafts}
        </ButtonLink>
      </p>
    </Layout>
  )
}
