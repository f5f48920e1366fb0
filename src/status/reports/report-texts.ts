import { inBoth } from '#ground/html/language.ts'

/** The words of the page on which an institution reports. */
export const reportTexts = inBoth({
  ja: {
    title: '状況を報告する',
    peacetime: '事案によらない平時の報告',
    peacetime_hint:
      '事案がないときも、いま実際にそうであることを報告できます。状況ボードには、実際の最新の状況として出ます。操作の練習は、訓練の事案で行ってください。',
    rather: '対応中の事案があります。その事案についての報告は、こちらから行ってください。',
    of: '報告する機関',
    event: '発生',
    asked: '報告の依頼',
    answer_by: '回答期限',
    not_asked: '報告の依頼はまだ届いていませんが、報告できます。',
    all_normal: 'すべて通常・被害なし と報告する',
    all_normal_says: 'すべての業務が通常、被害なし、BCPは発動していない、対策本部は設置していない、と報告します。',
    otherwise: 'それ以外の場合',
    nothing_said: '業務状況と被害は「不明」から始めています。分かったものだけ選び直してください。',
    prefilled: (who: string) => `前回の報告（${who}）の内容を入れてあります。変わったところだけ選び直してください。`,
    functions: '業務の状況',
    damages: '被害の状況',
    bcp: 'BCPの発動状況',
    command_centre: '自機関の対策本部',
    resumption_at: '再開見込み（日本時間）',
    resumption_hint: '分からなければ空欄にしてください。',
    text: '補足',
    text_hint: '4,000文字まで。ほかの市場参加者には見えません。',
    label: '補足を読める人',
    next_update_minutes: '次回の報告',
    next_update_hint: 'この時間を過ぎると、状況ボードの表示は「不明」に変わります。',
    within: {
      30: '30分以内',
      60: '1時間以内',
      120: '2時間以内',
      180: '3時間以内',
      360: '6時間以内',
      720: '12時間以内',
      1440: '24時間以内',
    },
    act: '状況を報告する',
    on_behalf: (name: string) => `${name}に代わって報告します`,
    newer:
      '入力の間に、この機関から新しい報告がありました。まだ登録していません。新しい報告を見て、それでも必要なら、もう一度押してください。',
    see_newer: '新しい報告を見る',
    on_behalf_next:
      '電話などで聞き取った内容だけを入力してください。「事務局が代わって記録」と表示され、その機関の回答になります。',
    failed: {
      changed: [
        'この画面からの報告は、すでに受け付けています',
        '内容が前と違うため、まだ報告していません。内容を確かめて、もう一度「状況を報告する」を押すと、新しい報告になります。',
      ],
      other_person: [
        '送られた報告は、別の人が書いたものです',
        'その報告は受け付けていません。書いた人がサインインすると送れます。ご自身の報告は、下から行ってください。',
      ],
      too_old: [
        '書かれてから24時間を過ぎた報告です',
        'そのままでは受け付けていません。いまの状況に合わせて直し、「状況を報告する」を押してください。',
      ],
      ahead: [
        '書かれた時刻が、いまより先になっています',
        '受け付けていません。内容を確かめて「状況を報告する」を押すと、いまの報告になります。',
      ],
    },
  },
  en: {
    title: 'Report status',
    peacetime: 'Report outside any situation',
    peacetime_hint:
      'You can report what is so at any time, also outside a situation. The status board shows it as your actual current state. To practise, use an exercise.',
    rather: 'A situation is open. Please report about it here:',
    of: 'Reporting for',
    event: 'Event',
    asked: 'Asked to report',
    answer_by: 'Answer by',
    not_asked: 'You have not been asked to report yet, but you can.',
    all_normal: 'Report all normal, no damage',
    all_normal_says:
      'Reports that all functions are normal, that there is no damage, that the BCP is not activated and that no command centre is set up.',
    otherwise: 'Otherwise',
    nothing_said: 'Functions and damage start at “Unknown”. Change only what you know.',
    prefilled: (who: string) => `This holds what was last reported (${who}). Change only what is different.`,
    functions: 'Functions',
    damages: 'Damage',
    bcp: 'BCP activation',
    command_centre: 'Own command centre',
    resumption_at: 'Expected resumption (Japan time)',
    resumption_hint: 'Leave it empty if not known.',
    text: 'Remarks',
    text_hint: 'Up to 4,000 characters. Other market participants do not see them.',
    label: 'Who may read the remarks',
    next_update_minutes: 'Next update',
    next_update_hint: 'After this time the status board shows “Unknown”.',
    within: {
      30: 'within 30 minutes',
      60: 'within 1 hour',
      120: 'within 2 hours',
      180: 'within 3 hours',
      360: 'within 6 hours',
      720: 'within 12 hours',
      1440: 'within 24 hours',
    },
    act: 'Report status',
    on_behalf: (name: string) => `You report on behalf of ${name}`,
    newer:
      'While you wrote, this institution has reported itself. Yours has not been filed. Look at the newer report, and press again if yours is still needed.',
    see_newer: 'See the newer report',
    on_behalf_next:
      'Enter only what they told you, by phone for instance. It is marked as reported by the secretariat and counts as their answer.',
    failed: {
      changed: [
        'A report from this page has already been received',
        'What you entered now is different and has not been reported yet. Check it and press “Report status” again to file it as a new report.',
      ],
      other_person: [
        'The report that was sent was written by somebody else',
        'It has not been filed. It can be sent when its writer signs in. To report yourself, use the form below.',
      ],
      too_old: [
        'This report was written more than 24 hours ago',
        'It has not been filed as it stands. Bring it up to date and press “Report status”.',
      ],
      ahead: [
        'This report was written at a time that has not come yet',
        'It has not been filed. Check it and press “Report status” to file it as of now.',
      ],
    },
  },
})
