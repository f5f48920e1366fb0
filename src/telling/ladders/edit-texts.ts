import { inBoth } from '#ground/html/language.ts'

export const editTexts = inBoth({
  ja: {
    title: (severity: string, scope: string) => `連絡の段階の変更：${severity}の通知（${scope}）`,
    lead: (max: number) =>
      `配信から何分たったら、誰へ、どの手段で連絡するかを入力します。0分は配信と同時、最長は${max.toLocaleString('ja')}分です。並びは時間の順に直されます。`,
    step: (row: number) => `段階${row}`,
    minutes: '配信からの時間（分）',
    to: '連絡する相手',
    choose: '選んでください',
    remove: 'この段階をなくす',
    channels: '手段',
    missing: 'この環境では使えません',
    more: '段階をさらに加える',
    check: '変更後の段階を確かめる',
    check_again: '変更後の段階をもう一度確かめる',
    checked: 'この内容に変更します',
    institutions: (count: string) =>
      `今の名簿では${count}機関への通知に使われます。次に配信する通知からで、配信済みの通知は変わりません。`,
    passed_over: (names: string) => `${names}はこの環境では使えないため、使えるようになるまで飛ばされます。`,
    comma: '、',
    save: (severity: string, scope: string) => `${severity}の通知の段階を変更する（${scope}）`,
    correct: '入力を直す',
    changed: 'ほかの人がこの段階を先に変更しました',
    changed_next:
      '入力した内容は下に残っています。先に保存された段階は次のとおりです。よければ、もう一度確かめてから変更してください。',
    as_all: 'すべての機関と同じ段階に戻されました。',
    give_up: 'すべての機関と同じ段階に戻す',
    give_up_hint: 'この段階は使われなくなり、次に配信する通知から、すべての機関と同じ段階で連絡します。',
    give_up_act: 'すべての機関と同じ段階に戻す',
    back: '連絡の段階の一覧へ戻る',
  },
  en: {
    title: (severity: string, scope: string) =>
      `Change a ladder: ${severity.toLowerCase()} notices, ${scope.toLowerCase()}`,
    lead: (max: number) =>
      `Enter who is contacted how many minutes after sending, and over what: 0 is at once, ${max.toLocaleString('en')} the most. Steps are put in the order of time.`,
    step: (row: number) => `Step ${row}`,
    minutes: 'Time after sending (minutes)',
    to: 'Who is contacted',
    choose: 'Choose',
    remove: 'Drop this step',
    channels: 'Channels',
    missing: 'Not set up here',
    more: 'Add more steps',
    check: 'Check the changed ladder',
    check_again: 'Check the changed ladder again',
    checked: 'It will be changed to this',
    institutions: (count: string) =>
      `By today’s directory it is for notices to ${count} institutions, from the next one on. What has been sent stays as it was.`,
    passed_over: (names: string) => `Not set up here, and passed over until it is: ${names}.`,
    comma: ', ',
    save: (severity: string, scope: string) =>
      `Change the ladder of ${severity.toLowerCase()} notices (${scope.toLowerCase()})`,
    correct: 'Correct what was entered',
    changed: 'Somebody else has changed this ladder first',
    changed_next:
      'What you entered is kept below. This is what was saved before. If you still want yours, check it again and change it.',
    as_all: 'It was put back to that of all institutions.',
    give_up: 'Put back to that of all institutions',
    give_up_hint: 'This ladder goes out of use: from the next notice on, that of all institutions holds.',
    give_up_act: 'Put back to that of all institutions',
    back: 'Back to the ladders',
  },
})
