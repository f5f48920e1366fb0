import { Banner } from '#ground/html/banner.tsx'
import { Button, ButtonLink, Buttons } from '#ground/html/button.tsx'
import { Form } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import type { Typed } from '#ground/html/refill.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { TypedWords } from '#ground/html/typed-words.tsx'
import { actionWords } from '#ground/trail/actions.ts'
import type { LastAct } from '#ground/trail/last-act.ts'
import type { NoticeView } from './queries.ts'
import type { NotReleased } from './release-notice.ts'

/** What changed since it was checked is answered with the new check. */
export type Refusal = Exclude<NotReleased, 'changed'> | 'released' | 'dropped' | 'blanks'

const texts = inBoth({
  ja: {
    title: '通知は送られていません',
    title_sent: 'この通知は、もう配信されています',
    kept: '下書きはそのまま残っています。いまの時点で、この通知はだれにも送られていません。',
    undone: 'いま押した操作は行われていません。',
    sent_to: (count: number) => `${count}機関に配信されました。`,
    last: 'いちばん新しい操作',
    because: {
      gone: ['承認待ちではなくなっています', '今の状態を見てください。'],
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
      brought_in: [
        'ほかの人の承認が必要です',
        'この通知を作った人（または承認を依頼した人）が、30日以内にあなたを事務局に招いたか、役割の付与に関わっています。ほかの人に承認を頼むか、承認できる人がいないときは、理由を入力して1人で送れます。',
      ],
      brought_them: [
        'ほかの人の承認が必要です',
        'あなたが30日以内に、この通知を作った人（または承認を依頼した人）を事務局に招いたか、その役割を求めています。ほかの人に承認を頼むか、承認できる人がいないときは、理由を入力して1人で送れます。',
      ],
      past: ['回答期限が過ぎています', '下書きを変更して、これからの期限を入れ、もう一度承認を依頼してください。'],
      closed: ['事案が終結しています', 'この事案ではもう依頼できません。必要なら、事案なしの通知を作ってください。'],
      nobody: [
        '宛先に当たる機関、または回答を求められる機関がありません',
        '下書きを変更して、宛先を選び直してください。照会しない機関には、情報共有として送ることだけができます。',
      ],
      no_centre: [
        'この事案の対策本部は廃止されています',
        '「対策本部通知」は送れません。必要なら「事務局からのお知らせ」を作ってください。',
      ],
      outside: [
        '情報収集の照会先でない機関が含まれています',
        '下書きを変更して、この照会の照会先だけを選んでください。',
      ],
      replaced: [
        'もとの通知は、もう別の通知に置き換えられています',
        '最新の通知を開き、そこから訂正または取消をしてください。',
      ],
      released: [
        'この通知は配信されています',
        '配信された通知は変更できません。誤りがあれば訂正または取消をしてください。',
      ],
      dropped: ['この通知は破棄されています', '破棄された通知は送られません。必要なら、新しい通知を作ってください。'],
      blanks: ['空欄（{{…}}）が残っています', '下書きを変更して空欄を埋め、もう一度承認を依頼してください。'],
    } as Record<Refusal, [string, string]>,
    see: '今の通知を見る',
    change: '下書きを変更する',
    newest: '最新の通知を見る',
    correct: '訂正する',
    withdraw: '取り消す',
  },
  en: {
    title: 'The notice was not sent',
    title_sent: 'This notice has been released already',
    kept: 'The draft is kept as it is. At this moment the notice has been sent to nobody.',
    undone: 'What you pressed now was not done.',
    sent_to: (count: number) => `It went to ${count} institutions.`,
    last: 'Done last',
    because: {
      gone: ['It does not wait for release any more', 'See how it stands now.'],
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
      brought_in: [
        'Someone else must release it',
        'Who wrote or submitted it brought you to the desk within the last 30 days. Ask another to release it; if nobody can, you may send it alone and say why.',
      ],
      brought_them: [
        'Someone else must release it',
        'You brought who wrote or submitted it to the desk within the last 30 days. Ask another to release it; if nobody can, you may send it alone and say why.',
      ],
      past: [
        'The time to answer by has passed',
        'Change the draft, set a time that is still to come, and ask for release again.',
      ],
      closed: [
        'The situation is closed',
        'Nothing can be asked in it any more. If need be, write a notice without a situation.',
      ],
      nobody: [
        'No institution is addressed, or none that may be asked',
        'Change the draft and choose again whom it is for. Who is not asked can only be sent something for information.',
      ],
      no_centre: [
        'The command centre of this situation was dissolved',
        'A command-centre notice cannot go out. If it is still needed, write information of the secretariat.',
      ],
      outside: [
        'Some of the institutions are none of those whom this gathering asks',
        'Change the draft and choose only those whom the gathering is for.',
      ],
      replaced: ['The notice it is about was replaced already', 'Open the newest one, and correct or withdraw that.'],
      released: ['It has been released', 'What was released is not changed. If it is wrong, correct or withdraw it.'],
      dropped: ['It has been dropped', 'What was dropped is never sent. If need be, write a new notice.'],
      blanks: ['A blank ({{…}}) is left', 'Change the draft, fill it in, and ask for release again.'],
    },
    see: 'See the notice as it stands',
    change: 'Change the draft',
    newest: 'See the newest notice',
    correct: 'Correct it',
    withdraw: 'Withdraw it',
  },
})

type Props = {
  /** As it stands now. */
  notice: Pick<NoticeView, 'id' | 'mode' | 'label' | 'state' | 'replaces_id' | 'kind'>
  because: Refusal
  last: LastAct | undefined
  /** How many institutions it has gone to. */
  sent_to: number
  newest_id: string | null
  may_edit: boolean
  /** All that the presser had typed. */
  typed: Typed
}

/** Why nothing was done: what is true now and who made it so, what became of the presser's own words, and what to do. */
export function RefusedPage({ notice, because, last, sent_to, newest_id, may_edit, typed }: Props) {
  const t = useTexts(texts)
  const actions = useTexts(actionWords)
  const { language } = useReading()
  const [why, next] = t.because[because]
  const is_sent = notice.state === 'released'
  const is_draft = notice.state === 'draft' || notice.state === 'submitted'
  const title = is_sent ? t.title_sent : t.title
  return (
    <Layout title={title} mode={notice.mode} label={notice.label}>
      <h1>{title}</h1>
      <Banner kind="warning" title={why}>
        {last && (
          <p>
            {t.last}
            {language === 'ja' ? '：' : ': '}
            <Time at={last.at} with_date />{' '}
            {last.name_ja && named(language, { name_ja: last.name_ja, name_en: last.name_en })}{' '}
            <b>{actions[last.action]}</b>
          </p>
        )}
        {is_sent && <p>{t.sent_to(sent_to)}</p>}
        <p>{t.undone}</p>
        <p>{next}</p>
        {is_draft && <p>{t.kept}</p>}
      </Banner>
      <TypedWords typed={typed} />
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
        {is_sent && may_edit && !newest_id && notice.kind !== 'withdrawal' && (
          <>
            <ButtonLink href={`/notices/new?replaces=${notice.id}`}>{t.correct}</ButtonLink>
            <Form action={`/notices/${notice.id}/withdrawal`}>
              <Button kind="outline" danger>
                {t.withdraw}
              </Button>
            </Form>
          </>
        )}
      </Buttons>
    </Layout>
  )
}
