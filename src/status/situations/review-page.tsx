import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink } from '#ground/html/button.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems, TextInput } from '#ground/html/forms.tsx'
import { PageHead } from '#ground/html/frame.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type Change, toReview } from './changes.ts'
import { ChangeLine } from './changes-band.tsx'
import type { SituationView } from './queries.ts'

const texts = inBoth({
  ja: {
    title: '名称と公表内容を見直す',
    back: '事案に戻る',
    heard: '事案を始めたあとの変化',
    none: 'まだ見直していない変化はありません。名称だけを変えることもできます。',
    title_ja: '名称（日本語）',
    title_en: '名称（英語）',
    now: (title: string) => `いまの発表では：${title}`,
    gone: 'いま効力のある発表はありません。',
    public: '公表内容を見直す',
    public_hint:
      '公表済みの名称と文は、あらためて公表するまで変わりません。直す必要があれば、先にこのページで名称を直し、続けて公表内容を更新してください。',
    act: '見直しました',
    overtaken: 'ほかの人が先に見直しました',
    overtaken_next:
      '下の名称はまだ保存されていません。事案の今の名称を確かめ、それでも変えるなら、もう一度押してください。',
    current: (title: string) => `今の名称：${title}`,
  },
  en: {
    title: 'Review name and public text',
    back: 'Back to the situation',
    heard: 'What was heard since it was opened',
    none: 'There is no change that nobody has reviewed. You may change the name all the same.',
    title_ja: 'Name (Japanese)',
    title_en: 'Name (English)',
    now: (title: string) => `As the agency has it now: ${title}`,
    gone: 'Nothing that the agency said is in force now.',
    public: 'Review what the public was told',
    public_hint:
      'The name and text that are public stay as they are until you publish again. If they are wrong, mend the name here first, then update what is public.',
    act: 'Reviewed',
    overtaken: 'Somebody else was first',
    overtaken_next:
      'The name below is not saved yet. Look at the name as it is now; to change it all the same, press once more.',
    current: (title: string) => `The name now: ${title}`,
  },
})

/** Where a person says that the name of a situation and its public text hold after what was heard. */
export function ReviewPage({
  situation,
  changes,
  may_publish,
  values = {},
  problems = {},
  is_overtaken = false,
}: {
  situation: SituationView
  changes: readonly Change[]
  may_publish: boolean
  values?: Record<string, string>
  problems?: Problems
  is_overtaken?: boolean
}) {
  const t = useTexts(texts)
  const { language } = useReading()
  const path = `/situations/${situation.id}`
  const waiting = toReview(changes)
  const [newest] = changes
  const nowCalled = (title: string | null | undefined) => (newest ? (title ? t.now(title) : t.gone) : undefined)
  return (
    <Layout title={t.title} mode={situation.mode} label={situation.label}>
      <p>
        <a href={path}>{t.back}</a>
      </p>
      <PageHead title={t.title} kind={language === 'en' ? situation.title_en : situation.title_ja} />
      <ErrorSummary problems={problems} />
      {is_overtaken && (
        <Banner kind="error" title={t.overtaken}>
          <p>
            {t.current(situation.title_ja)}
            {situation.title_en !== situation.title_ja && ` / ${situation.title_en}`}
          </p>
          <p>{t.overtaken_next}</p>
        </Banner>
      )}
      <h2>{t.heard}</h2>
      {waiting.length === 0 && <p>{t.none}</p>}
      <ul>
        {(waiting.length > 0 ? waiting : changes.slice(0, 1)).map((change) => (
          <li key={change.id}>
            <ChangeLine change={change} />
          </li>
        ))}
      </ul>
      <Form action={`${path}/review`}>
        <HiddenFields fields={{ seen: waiting.map(({ id }) => id).join(' ') }} />
        <TextInput
          name="title_ja"
          label={t.title_ja}
          hint={nowCalled(newest?.title_ja)}
          value={values.title_ja ?? situation.title_ja}
          problem={problems.title_ja}
          required
        />
        <TextInput
          name="title_en"
          label={t.title_en}
          hint={nowCalled(newest?.title_en)}
          value={values.title_en ?? situation.title_en}
          problem={problems.title_en}
        />
        <p className="dads-note">{t.public_hint}</p>
        <Button>{t.act}</Button>
      </Form>
      {may_publish && (
        <p>
          <ButtonLink href={`${path}/publication`} size="md">
            {t.public}
          </ButtonLink>
        </p>
      )}
    </Layout>
  )
}
