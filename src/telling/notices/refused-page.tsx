import { Banner } from '#ground/html/banner.tsx'
import { ButtonLink, Buttons } from '#ground/html/button.tsx'
import { inBoth } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useTexts } from '#ground/html/render.tsx'
import type { NoticeView } from './queries.ts'
import type { NotReleased } from './release-notice.ts'

export type Refusal = NotReleased | 'released' | 'blanks'

const texts = inBoth({
  ja: {
    title: '通知は送られていません',
    kept: '下書きはそのまま残っています。この画面の前に押したことで、だれかに届いたものはありません。',
    because: {
      gone: [
        '承認待ちではなくなっています',
        'ほかの人が差し戻したか、作成者が変更または破棄しました。今の状態を見てください。',
      ],
      outdated: [
        '確認したあとに内容が変わりました',
        'ほかの人が先に変更しました。今の内容をもう一度確かめてから、押してください。',
      ],
      mode: [
        '区分（実災害・訓練・試験）が合いません',
        '画面に出ていた区分と、この通知の区分が違います。今の内容を確かめてください。',
      ],
      second_person: [
        'ほかの人の承認が必要です',
        '実災害の通知は、作った人と承認を依頼した人のほかの人が承認します。承認できる人がいないときは、理由を入力して1人で送れます。',
      ],
      past: ['回答期限が過ぎています', '下書きを変更して、これからの期限を入れ、もう一度承認を依頼してください。'],
      closed: ['事案が終結しています', 'この事案ではもう依頼できません。必要なら、事案なしの通知を作ってください。'],
      nobody: ['宛先に当たる機関がありません', '下書きを変更して、宛先を選び直してください。'],
      replaced: [
        'もとの通知は、もう別の通知に置き換えられています',
        '最新の通知を開き、そこから訂正または取消をしてください。',
      ],
      released: [
        'この通知はもう配信されたか、破棄されています',
        '配信された通知は変更できません。誤りがあれば訂正または取消をしてください。',
      ],
      blanks: ['空欄（{{…}}）が残っています', '下書きを変更して空欄を埋め、もう一度承認を依頼してください。'],
    } as Record<Refusal, [string, string]>,
    see: '今の通知を見る',
    change: '下書きを変更する',
    newest: '最新の通知を見る',
  },
  en: {
    title: 'The notice was not sent',
    kept: 'The draft is kept as it is. Nothing reached anyone by what you pressed.',
    because: {
      gone: [
        'It does not wait for release any more',
        'Someone sent it back, or its author changed or dropped it. See how it stands now.',
      ],
      outdated: [
        'It changed after you looked',
        'Someone else changed it first. Check what it says now, then press again.',
      ],
      mode: [
        'The mode is another',
        'The page showed another mode (actual, exercise or test) than the notice has. Check what it says now.',
      ],
      second_person: [
        'Someone else must release it',
        'What is real is released by someone who neither wrote nor submitted it. If nobody can, you may send it alone and say why.',
      ],
      past: [
        'The time to answer by has passed',
        'Change the draft, set a time that is still to come, and ask for release again.',
      ],
      closed: [
        'The situation is closed',
        'Nothing can be asked in it any more. If need be, write a notice without a situation.',
      ],
      nobody: ['No institution is addressed', 'Change the draft and choose again whom it is for.'],
      replaced: ['The notice it is about was replaced already', 'Open the newest one, and correct or withdraw that.'],
      released: [
        'It was released or dropped already',
        'What was released is not changed. If it is wrong, correct or withdraw it.',
      ],
      blanks: ['A blank ({{…}}) is left', 'Change the draft, fill it in, and ask for release again.'],
    },
    see: 'See the notice as it stands',
    change: 'Change the draft',
    newest: 'See the newest notice',
  },
})

/** Why nothing was done: what happened, what is kept, and what to do now. */
export function RefusedPage({
  notice,
  because,
  newest_id,
  may_edit,
}: {
  notice: Pick<NoticeView, 'id' | 'mode' | 'label' | 'state' | 'replaces_id'>
  because: Refusal
  newest_id: string | null
  may_edit: boolean
}) {
  const t = useTexts(texts)
  const [title, next] = t.because[because]
  const is_draft = notice.state === 'draft' || notice.state === 'submitted'
  return (
    <Layout title={t.title} mode={notice.mode} label={notice.label}>
      <h1>{t.title}</h1>
      <Banner kind="warning" title={title}>
        <p>{next}</p>
        {is_draft && <p>{t.kept}</p>}
      </Banner>
      <Buttons>
        {newest_id && (
          <ButtonLink href={`/notices/${newest_id}`} kind="solid-fill">
            {t.newest}
          </ButtonLink>
        )}
        <ButtonLink href={`/notices/${notice.id}`} kind={newest_id ? 'outline' : 'solid-fill'}>
          {t.see}
        </ButtonLink>
        {is_draft && may_edit && <ButtonLink href={`/notices/${notice.id}/edit`}>{t.change}</ButtonLink>}
      </Buttons>
    </Layout>
  )
}
