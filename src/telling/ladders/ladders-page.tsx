import { type ChannelName, channelNames, severities } from '#ground/channels/channel.ts'
import { channelWords, severityWords } from '#ground/channels/words.ts'
import { Brackets } from '#ground/html/brackets.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import type { Ladder } from './queries.ts'
import { type Scope, scopes } from './rules.ts'
import { Steps } from './steps.tsx'
import { scopeWords } from './words.ts'

const texts = inBoth({
  ja: {
    title: '連絡の段階',
    lead: '通知を配信したあと、回答があるまで、誰に、どの手段で、いつ連絡するかです。回答があった機関への連絡は、そこで終わります。変更は、次に配信する通知から使われます。',
    available: (names: string) => `いま使える手段：${names}`,
    missing: (names: string) => `この環境では使えない手段：${names}（段階にあっても飛ばされます）`,
    call: '電話連絡リスト（人が電話をかけます）',
    of: (severity: string) => `${severity}の通知`,
    same: 'すべての機関と同じ段階です。',
    edit: '段階を変更する',
    special: '別の段階を定める',
    about: (severity: string, scope: string) => `${severity}の通知・${scope}`,
    version: (version: number) => `第${version}版`,
    by_program: '初期設定',
    comma: '、',
  },
  en: {
    title: 'Escalation ladders',
    lead: 'After a notice is sent: who is contacted when and over what, until the institution answers. One that has answered is not contacted further. A change holds from the next notice on.',
    available: (names: string) => `Available now: ${names}`,
    missing: (names: string) => `Not set up here, and passed over where a ladder names it: ${names}`,
    call: 'Call list (people make the calls)',
    of: (severity: string) => `${severity} notices`,
    same: 'The same as for all institutions.',
    edit: 'Change the ladder',
    special: 'Set another ladder',
    about: (severity: string, scope: string) => `${severity} notices, ${scope}`,
    version: (version: number) => `version ${version}`,
    by_program: 'came with the program',
    comma: ', ',
  },
})

type Props = { ladders: readonly Ladder[]; available: readonly ChannelName[]; may_edit: boolean }

/** Every ladder as it holds now, for each severity: that of all, and where groups have their own. */
export function LaddersPage({ ladders, available, may_edit }: Props) {
  const t = useTexts(texts)
  const severity = useTexts(severityWords)
  const channels = useTexts(channelWords)
  const said = (names: readonly ChannelName[]) => names.map((name) => channels[name])
  const missing = channelNames.filter((name) => !available.includes(name))
  return (
    <Layout title={t.title} live="/ladders">
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <ul>
        <li>{t.available([...said(available), t.call].join(t.comma))}</li>
        {missing.length > 0 && <li>{t.missing(said(missing).join(t.comma))}</li>}
      </ul>
      {severities.map((one) => (
        <section key={one} aria-labelledby={one}>
          <h2 id={one}>{t.of(severity[one])}</h2>
          {scopes.map((scope) => (
            <OneLadder
              key={scope}
              ladder={ladders.find((each) => each.severity === one && each.scope === scope && each.steps.length > 0)}
              severity={one}
              scope={scope}
              available={available}
              may_edit={may_edit}
            />
          ))}
        </section>
      ))}
    </Layout>
  )
}

type One = Omit<Props, 'ladders'> & { ladder: Ladder | undefined; severity: Ladder['severity']; scope: Scope }

function OneLadder({ ladder, severity, scope, available, may_edit }: One) {
  const t = useTexts(texts)
  const severities = useTexts(severityWords)
  const scopes = useTexts(scopeWords)
  const { language } = useReading()
  return (
    <>
      <h3>{scopes[scope]}</h3>
      {ladder ? (
        <>
          <Steps steps={ladder.steps} available={available} />
          <p>
            {t.version(ladder.version)}
            <Brackets>
              {ladder.name_ja ? (
                <>
                  {named(language, { name_ja: ladder.name_ja, name_en: ladder.name_en })}{' '}
                  <Time at={ladder.made_at} with_date />
                </>
              ) : (
                t.by_program
              )}
            </Brackets>
          </p>
        </>
      ) : (
        <p>{t.same}</p>
      )}
      {may_edit && (
        <p>
          <a href={`/ladders/${severity}/${scope}`}>
            {ladder ? t.edit : t.special}
            <span className="dads-visually-hidden"> {t.about(severities[severity], scopes[scope])}</span>
          </a>
        </p>
      )}
    </>
  )
}
