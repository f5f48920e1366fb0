import type { TemplateText } from '#telling/templates/index.ts'

const common = { label: 'green' as const, choices: [] }

/** What a desk would have prepared: one of each kind of answer, so that a new reader sees how templates and their blanks work. */
export const demoTemplates: readonly TemplateText[] = [
  {
    ...common,
    ...{ kind: 'command_centre', severity: 'urgent', answer_wanted: 'acknowledge', answer_minutes: 30 },
    name_ja: '対策本部の設置（架空の例）',
    name_en: 'Command centre set up (fictional example)',
    subject_ja: '対策本部を設置しました',
    subject_en: 'The command centre has been set up',
    text_ja:
      '{{災害等の名称}}を受けて、{{設置時刻}}に対策本部を設置しました。\n\n各機関は、役職員の安全と業務継続の状況を確かめてください。次の連絡は{{次の連絡の時刻}}ごろにお送りします。\n\n連絡先：架空協会 対策本部 03-0000-0000',
    text_en:
      'Because of {{name of the event}} the command centre was set up at {{設置時刻}}.\n\nPlease check that your people are safe and your business goes on. The next notice follows at about {{次の連絡の時刻}}.\n\nFictional Association, command centre, 03-0000-0000',
  },
  {
    ...common,
    ...{ kind: 'report_request', severity: 'urgent', answer_wanted: 'report', answer_minutes: 60 },
    name_ja: '状況報告の依頼（架空の例）',
    name_en: 'Request to report (fictional example)',
    subject_ja: '業務継続の状況を報告してください',
    subject_en: 'Please report on the continuity of your business',
    text_ja:
      '{{災害等の名称}}について、貴機関の状況を報告してください。\n\n支障がなければ「すべて通常」の1回の操作で済みます。分からないことは「不明」のままで構いません。',
    text_en:
      'Please report how your institution stands after {{name of the event}}.\n\nIf nothing is disturbed, one press of “all normal” is enough. What you do not know yet may stay “unknown”.',
  },
  {
    ...common,
    ...{ kind: 'command_centre', severity: 'important', answer_wanted: 'choice', answer_minutes: 120 },
    name_ja: '臨時の会合への参加（架空の例）',
    name_en: 'Extraordinary meeting (fictional example)',
    subject_ja: '臨時の会合への参加をお知らせください',
    subject_en: 'Tell us whether you take part in the extraordinary meeting',
    text_ja: '{{開始時刻}}から臨時の会合を開きます。議題は{{議題}}です。',
    text_en: 'An extraordinary meeting begins at {{開始時刻}}, about {{subject of the meeting}}.',
    choices: [
      { ja: '参加する', en: 'We take part' },
      { ja: '代理が参加する', en: 'A deputy takes part' },
      { ja: '参加できない', en: 'We cannot take part' },
    ],
  },
  {
    ...common,
    ...{ kind: 'test', severity: 'routine', answer_wanted: 'acknowledge', answer_minutes: 1440 },
    name_ja: '疎通テスト（架空の例）',
    name_en: 'Test of the channels (fictional example)',
    subject_ja: '連絡が届くかの確認',
    subject_en: 'Checking that notices reach you',
    text_ja: 'これは試験です。災害は起きていません。\n\n届いたことを、この通知への回答で知らせてください。',
    text_en: 'This is a test. Nothing has happened.\n\nPlease answer this notice, so that we know it has reached you.',
  },
]
