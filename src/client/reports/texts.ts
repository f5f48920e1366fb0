import { inBoth } from '#ground/html/language.ts'
import type { State } from './store.ts'

/** What is shown of reports that wait on a device. */
export const waitingTexts = inBoth({
  ja: {
    title: '未送信の報告',
    strip: (count: number) => `まだ送信されていない報告が${count}件あります`,
    see: '未送信の報告を見る',
    arrived: '報告を受け付けました',
    see_filed: '受け付けた報告を見る',
    dismiss: '確認したので消す',
    peacetime: '平時の報告',
    written: '記入',
    received: '受付',
    by: '記入者',
    of: '機関',
    call: '急ぐときは、事務局に電話で伝えてください',
    said: '報告の内容',
    send: 'いま送ってみる',
    decide: '送る前に内容を確かめる',
    sign_in: 'サインインして送る',
    discard: 'この報告を破棄する',
    discard_sure: 'もう一度押すと、この報告は送られずに消えます',
    full: '報告を端末に残せませんでした',
    full_next:
      'まだ送信されていません。端末に残せる10件がすでに埋まっているか、端末に空きがありません。事務局に電話で伝えてください。入力はこの画面に残っています。',
    leaving: (count: number) => `未送信の報告が${count}件あります。サインアウトすると消えます`,
    leaving_next: '消えた報告は送られません。送ってからサインアウトするか、捨ててよいか決めてください。',
    stay: 'サインアウトしない',
    leave: '報告を捨ててサインアウトする',
    states: {
      sending: ['送信中です', 'この画面を閉じないでください。'],
      unsent: [
        'まだ送信されていません',
        'つながらないため、この端末に残しました。つながると自動で1回だけ送ります。この画面を開いたままにするか、後でもう一度開いてください。',
      ],
      sign_in: [
        'まだ送信されていません：サインインが必要です',
        'サインインの期限が切れています。書いた人がサインインすると、自動で送ります。',
      ],
      other_person: [
        'まだ送信されていません：別の人がサインインしています',
        '別の人の報告としては送りません。書いた人がサインインすると、自動で送ります。',
      ],
      conflict: [
        'まだ送信されていません：先にほかの報告が届いています',
        'この報告を書いた後に、同じ機関の報告が届きました。見比べて、送るか破棄するかを決めてください。',
      ],
      closed: [
        '送信されませんでした：事案が終結しています',
        '報告の受付は終わっています。変わったことがあれば、平時の報告として知らせてください。',
      ],
      changed: [
        '送信されませんでした：同じ画面からの報告が届いています',
        '届いた報告とは内容が違います。内容を確かめて決めてください。',
      ],
      too_old: [
        '送信されませんでした：記入から24時間を過ぎました',
        'いまの状況とは違うかもしれません。内容を確かめ、直して報告してください。',
      ],
      ahead: [
        '送信されませんでした：記入の時刻が合いません',
        '端末の時計が進んでいます。内容を確かめて報告してください。',
      ],
      invalid: ['送信されませんでした：入力の確認が必要です', '内容を確かめ、直して報告してください。'],
      refused: [
        '送信されませんでした：受け付けられませんでした',
        'いまの権限では受け付けられないか、報告の受付が止まっています。事務局に電話してください。',
      ],
      filed: ['送信されました', 'この端末に残した報告を、1回だけ受け付けました。'],
    } satisfies Record<State, [string, string]>,
  },
  en: {
    title: 'Reports not yet sent',
    strip: (count: number) =>
      count === 1 ? 'One report has not been sent yet' : `${count} reports have not been sent yet`,
    see: 'See the reports not yet sent',
    arrived: 'The report has been received',
    see_filed: 'See the report',
    dismiss: 'I have seen it',
    peacetime: 'Peacetime report',
    written: 'Written',
    received: 'Received',
    by: 'By',
    of: 'For',
    call: 'If it is urgent, tell the secretariat by telephone',
    said: 'What was reported',
    send: 'Try to send it now',
    decide: 'Check it before sending',
    sign_in: 'Sign in to send it',
    discard: 'Discard this report',
    discard_sure: 'Press again: the report is deleted without being sent',
    full: 'The report could not be kept on this device',
    full_next:
      'It has not been sent. Ten reports are waiting already, or the device has no room. Tell the secretariat by telephone. What you entered is still on this page.',
    leaving: (count: number) =>
      `${count === 1 ? 'One report has' : `${count} reports have`} not been sent yet. Signing out deletes ${count === 1 ? 'it' : 'them'}`,
    leaving_next: 'A deleted report is never sent. Send it before you sign out, or decide to lose it.',
    stay: 'Do not sign out',
    leave: 'Delete the reports and sign out',
    states: {
      sending: ['Sending', 'Do not close this page.'],
      unsent: [
        'Not yet sent',
        'There is no connection, so it is kept on this device. It is sent once, by itself, when there is one. Leave this page open, or open it again later.',
      ],
      sign_in: [
        'Not yet sent: sign in first',
        'Your session has ended. It is sent by itself once its writer has signed in.',
      ],
      other_person: [
        'Not yet sent: somebody else is signed in',
        'It is not sent in another name. It is sent by itself once its writer has signed in.',
      ],
      conflict: [
        'Not yet sent: another report has arrived before',
        'Your institution reported after this was written. Compare the two, then send this one or discard it.',
      ],
      closed: [
        'Not sent: the situation has been closed',
        'Reports are no longer taken. If something has changed, please report it outside any situation.',
      ],
      changed: [
        'Not sent: a report from the same page has arrived',
        'What has arrived is different from this. Check it and decide.',
      ],
      too_old: [
        'Not sent: written more than 24 hours ago',
        'Things may be different by now. Check it, bring it up to date and report.',
      ],
      ahead: ['Not sent: the time of writing is not right', 'The clock of this device is ahead. Check it and report.'],
      invalid: ['Not sent: please check what you entered', 'Check it, correct it and report.'],
      refused: [
        'Not sent: it was refused',
        'You may not report at present, or reports are not taken. Telephone the secretariat.',
      ],
      filed: ['Sent', 'The report kept on this device has been received, once.'],
    } satisfies Record<State, [string, string]>,
  },
})

/** A moment in the market's zone, always with its date: a report may have waited overnight. */
export const momentTexts = (language: 'ja' | 'en', at: number): string =>
  `${new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    month: language === 'ja' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .replace('(', '（')
    .replace(')', '）')} JST`
