import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Chip, Chips } from '#ground/html/chip.tsx'
import { Card } from '#ground/html/frame.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { AgeBeside, Time, UntilBeside } from '#ground/html/time.tsx'
import { CentreSaid, type Change, ChangesBand, situationWords, stageOf } from '#status/situations/index.ts'
import { homeTexts } from './home-texts.ts'
import { ProgressChip } from './progress.tsx'
import type { OwnReport, SituationAtWork } from './queries.ts'
import { situationTexts } from './situation-texts.ts'
import type { RoundNow, Trouble } from './troubles.ts'
import { TroublesPart } from './troubles-part.tsx'

/** A situation as an institution's own people see it: what they last said, and the way to say more. */
export function OwnSituation({ situation, changes }: { situation: OwnReport; changes: readonly Change[] }) {
  const t = useTexts(homeTexts)
  const { language, now } = useReading()
  const title = markedTitle(language, situation.mode, language === 'en' ? situation.title_en : situation.title_ja)
  const is_overdue = situation.next_update_at !== null && situation.next_update_at <= now
  // Two situations may want the same: read out, each banner and button says of which it speaks.
  const about = (
    <span className="dads-visually-hidden">
      <Brackets>{title}</Brackets>
    </span>
  )
  return (
    <Card title={title} mode={situation.mode}>
      <ChangesBand changes={changes} />
      {situation.centre_set_up_at === null && <p>{t.gathering}</p>}
      {situation.answer_by && (
        <Banner
          kind="warning"
          title={
            <>
              {t.answer_wanted}
              {about}
            </>
          }
        >
          <p>
            {situation.asking !== null && situation.asking > 1 && <>{t.asking(situation.asking)} ・ </>}
            {t.answer_by}{' '}
            <b>
              <Time at={situation.answer_by} />
            </b>
            <UntilBeside at={situation.answer_by} />
          </p>
        </Banner>
      )}
      {is_overdue && (
        <Banner
          kind="warning"
          title={
            <>
              {t.overdue}
              {about}
            </>
          }
        />
      )}
      {situation.reported_at ? (
        <p>
          {t.own_at}:{' '}
          <a href={`/reports/${situation.report_id}`}>
            <Time at={situation.reported_at} />
          </a>
          <AgeBeside at={situation.written_at ?? situation.reported_at} />
          {situation.next_update_at && (
            <>
              {' '}
              ・ {t.due}: <Time at={situation.next_update_at} />
            </>
          )}
        </p>
      ) : (
        <p>
          <Chip look="not_reported">{t.own_none}</Chip>
        </p>
      )}
      <Buttons>
        <ButtonLink href={`/situations/${situation.id}/report`} kind="solid-fill">
          {(situation.reported_at ? t.report_again : t.report)[situation.mode]}
          {about}
        </ButtonLink>
        {situation.returned_at && (
          <>
            <ButtonLink href={`/situations/${situation.id}/operating-status`}>
              {t.operating}
              {about}
            </ButtonLink>
            <ButtonLink href={`/situations/${situation.id}/board`}>{t.board}</ButtonLink>
          </>
        )}
      </Buttons>
    </Card>
  )
}

/** A situation in short, with how far its work is: what is not done yet looks so. */
export function AtWork({
  situation,
  changes,
  troubles,
  round,
  may_ask,
}: {
  situation: SituationAtWork
  changes: readonly Change[]
  troubles: readonly Trouble[]
  /** The round that is open in it; for those who see it. */
  round: RoundNow | undefined
  may_ask: boolean
}) {
  const t = useTexts(homeTexts)
  const work = useTexts(situationTexts)
  const words = useTexts(situationWords)
  const { language } = useReading()
  const title = language === 'en' ? situation.title_en : situation.title_ja
  const { progress } = situation
  const is_unasked = 'market' in progress && progress.market.asked === 0
  return (
    <Card
      mode={situation.mode}
      title={<a href={`/situations/${situation.id}`}>{markedTitle(language, situation.mode, title)}</a>}
    >
      <ChangesBand changes={changes} />
      <TroublesPart troubles={troubles} />
      <p>
        {words.phases[stageOf(situation)]} ・ {t.centre} <CentreSaid situation={situation} /> ・ {t.event}{' '}
        <Time at={situation.event_at} />
        <AgeBeside at={situation.event_at} />
      </p>
      <Chips>
        <ProgressChip progress={progress} />
        <Chip look={situation.returned_at ? 'sent' : 'waiting'}>
          {situation.returned_at ? work.returned : work.not_returned}
        </Chip>
        {(situation.centre_set_up_at || situation.published_at) && (
          <Chip look={situation.published_at ? 'sent' : 'waiting'}>
            {situation.published_at ? work.published : work.not_published}
          </Chip>
        )}
      </Chips>
      {round && (
        <p>
          <a href={`/rounds/${round.id}`}>{t.missing}</a>
          {round.answer_by && (
            <>
              {' '}
              ・ {t.answer_by} <Time at={round.answer_by} />
              <UntilBeside at={round.answer_by} />
            </>
          )}
        </p>
      )}
      {is_unasked && may_ask && (
        <Buttons>
          <ButtonLink href={`/situations/${situation.id}/ask`} size="md">
            {situation.centre_set_up_at ? work.ask : t.ask_gathering}
          </ButtonLink>
        </Buttons>
      )}
    </Card>
  )
}
