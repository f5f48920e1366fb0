import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { may } from '#ground/rights/may.ts'
import { type Change, toReview } from './changes.ts'

const texts = inBoth({
  ja: {
    review: 'もとになった事象が変わりました：名称と公表内容を見直してください',
    changed: 'もとになった事象が変わりました',
    act: '名称と公表内容を見直す',
    waits: '事務局が名称と公表内容を見直すまで、この印が残ります。',
    reviewed: (who: string) => `${who}が見直し済み`,
    telegram: '電文',
    proposal: '提案',
  },
  en: {
    review: 'The event has changed: review the name and what the public was told',
    changed: 'The event has changed',
    act: 'Review name and public text',
    waits: 'This mark stays until the secretariat has reviewed the name and the public text.',
    reviewed: (who: string) => `reviewed by ${who}`,
    telegram: 'Telegram',
    proposal: 'Proposal',
  },
})

/**
 * What the agency has said of a situation's event since it was opened: everything that nobody has reviewed yet, else the newest.
 * Those who look at the whole market read that the name and the public text are to be reviewed.
 */
export function ChangesBand({ changes, is_open = true }: { changes: readonly Change[]; is_open?: boolean }) {
  const t = useTexts(texts)
  const { reader } = useReading()
  const [newest] = changes
  if (!newest) return null
  const waiting = is_open ? toReview(changes) : []
  const is_asked = waiting.length > 0 && reader !== null && may(reader, 'board.see-all')
  return (
    <Banner kind={is_asked ? 'warning' : 'info'} title={is_asked ? t.review : t.changed}>
      <ul>
        {(waiting.length > 0 ? waiting : [newest]).map((change) => (
          <li key={change.id}>
            <ChangeLine change={change} />
          </li>
        ))}
      </ul>
      {is_asked &&
        (may(reader, 'situation.change') ? (
          <p>
            <ButtonLink href={`/situations/${newest.situation_id}/review`} size="md">
              {t.act}
            </ButtonLink>
          </p>
        ) : (
          <p>{t.waits}</p>
        ))}
    </Banner>
  )
}

/** One of them in a line, with the ways to what it rests on for those who may go there. */
export function ChangeLine({ change }: { change: Change }) {
  const t = useTexts(texts)
  const { language, reader } = useReading()
  return (
    <>
      <Time at={change.heard_at} /> {language === 'en' ? change.said_en : change.said_ja}
      {change.reviewed_at && change.reviewed_by_ja && reader && may(reader, 'board.see-all') && (
        <Brackets>
          {t.reviewed(named(language, { name_ja: change.reviewed_by_ja, name_en: change.reviewed_by_en }))}{' '}
          <Time at={change.reviewed_at} />
        </Brackets>
      )}
      {change.telegram_id && reader && may(reader, 'telegram.see') && (
        <>
          {' '}
          <a href={`/telegrams/${change.telegram_id}`}>{t.telegram}</a>
        </>
      )}
      {reader && may(reader, 'home.see-proposals') && (
        <>
          {' '}
          <a href={`/proposals/${change.proposal_id}`}>{t.proposal}</a>
        </>
      )}
    </>
  )
}
