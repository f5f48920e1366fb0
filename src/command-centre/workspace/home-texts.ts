import { inBoth } from '#ground/html/language.ts'

export const homeTexts = inBoth({
  ja: {
    title: 'ホーム',
    proposals: '判断を待っている提案',
    situations: '対応中の事案',
    calm: '対応中の事案はありません',
    calm_secretariat:
      '電文が設置基準に当たると、ここに提案が出ます。人の判断で始めるときは「対策本部を設置する」から。',
    calm_contact: '事案が起きると、ここに報告のボタンが出ます。メールでもお知らせします。平時にも状況を報告できます。',
    calm_other: '事案が起きると、ここに出ます。',
    open: '対策本部を設置する',
    trail: '監査証跡を見る',
    institution: '貴機関の登録内容（担当者・拠点）を見る',
    report: {
      actual: '状況を報告する',
      exercise: '訓練として状況を報告する',
      test: '試験として状況を報告する',
    },
    report_again: {
      actual: '報告を更新する',
      exercise: '訓練の報告を更新する',
      test: '試験の報告を更新する',
    },
    peacetime: '平時の状況を報告する',
    answer_wanted: '回答が必要です',
    asking: (asking: number) => `第${asking}回照会`,
    answer_by: '回答期限',
    own_none: 'まだ報告していません',
    own_at: '最後の報告',
    due: '次の更新の予定',
    overdue: '更新の予定を過ぎています。いまの状況は「不明」と表示されています。',
    public_page: '公開ページを保存できません',
    public_page_next:
      '公開ページは表示されていますが、サーバーを再起動すると古い内容に戻るおそれがあります。サーバーの担当者に次の内容を伝えてください：',
    event: '発生',
    review: (count: number) => `役割の見直しの期限が過ぎています（${count}件）。見直す`,
    board: '状況ボードを見る',
  },
  en: {
    title: 'Home',
    proposals: 'Proposals waiting for a decision',
    situations: 'Situations at work',
    calm: 'No situation is open',
    calm_secretariat:
      'When a telegram meets a criterion, a proposal appears here. To start on your own judgement, use “Set up the command centre”.',
    calm_contact:
      'When something happens, the button to report appears here, and you get a mail. You can also report in peacetime.',
    calm_other: 'When something happens, it appears here.',
    open: 'Set up the command centre',
    trail: 'See the audit trail',
    institution: 'See how your institution is registered (contacts, sites)',
    report: {
      actual: 'Report your status',
      exercise: 'Report your status (EXERCISE)',
      test: 'Report your status (TEST)',
    },
    report_again: {
      actual: 'Update your report',
      exercise: 'Update your report (EXERCISE)',
      test: 'Update your report (TEST)',
    },
    peacetime: 'Report in peacetime',
    answer_wanted: 'Your answer is needed',
    asking: (asking: number) => `Asking ${asking}`,
    answer_by: 'Answer by',
    own_none: 'Not reported yet',
    own_at: 'Last report',
    due: 'Next update due',
    overdue: 'The update is overdue. The state is shown as “unknown” now.',
    public_page: 'The public page cannot be saved',
    public_page_next:
      'It is shown all the same, but after a restart of the server it may go back to an older state. Tell those who run the server: ',
    event: 'Event',
    review: (count: number) => `Review the roles (${count} overdue)`,
    board: 'See the status board',
  },
})
