import { remarkedWords, viaWords } from '#delivery/answers/index.ts'
import type { FileRefusal } from '#ground/db/tables/file-intake.ts'
import { timeWords } from '#ground/html/civil.ts'
import { oneLine } from '#ground/html/clean-text.ts'
import { inBoth, type Language, languages, named } from '#ground/html/language.ts'
import { type StandingReport, saidAt } from '#status/reports/index.ts'
import { file_bytes_max } from './claim-files.ts'

const kilobytes_max = file_bytes_max / 1024

/** What an institution is answered to its file: what was taken, or by name why nothing was. */
export const refusalWords = inBoth<Record<FileRefusal, string>>({
  ja: {
    not_a_file: '通常のファイルではありません（リンクやフォルダーは受け付けません）',
    too_large: `大きすぎます（${kilobytes_max}KBまで）`,
    cut_off: '途中で切れています。別の名前で書き終えてから、名前を変えて置いてください',
    not_readable: '読み取れません。形式は運用手引きの「ファイル連携」のとおりにしてください',
    other_institution: '別の機関のフォルダーに置かれています',
    no_key: 'この機関の鍵が作られていません。事務局に連絡してください',
    not_signed: '署名が合いません。鍵と署名の方法を確かめてください',
    doubled: '同じ内容のファイルを、すでに受け付けています。何も変わっていません',
    not_valid: '内容に誤りがあります',
    not_asked: 'この機関への照会も、対応中の事案も見つかりません。notice_id か situation_id を確かめてください',
    wrong_mode: 'mode が事案と違います。訓練と実災害を取り違えていないか確かめてください',
    closed: '事案は終結しました。報告の受付は終わっています',
    too_old: '報告の時刻 said_at が24時間より前です',
    ahead: '報告の時刻 said_at がいまより先です',
    conflict:
      '別の有効な報告があるため、受け付けていません。内容を見比べて、それでも置き換えるときは、upon にその報告のID（stands_id）を入れ、改めて送ってください',
  },
  en: {
    not_a_file: 'It is no plain file (links and folders are not taken)',
    too_large: `It is too large (up to ${kilobytes_max} KB)`,
    cut_off: 'It is cut off. Write it whole under another name, then rename it',
    not_readable: 'It cannot be read. The runbook, “File drop”, says which form it has',
    other_institution: 'It lies in the folder of another institution',
    no_key: 'There is no key for this institution. Ask the secretariat',
    not_signed: 'The signature does not fit. Check the key and how it is signed',
    doubled: 'A file that says the same has been taken before. Nothing has changed',
    not_valid: 'What it says is not right',
    not_asked:
      'There is neither a request to this institution nor an open situation of this name. Check notice_id or situation_id',
    wrong_mode: 'The mode is not that of the situation. Check that a drill is not taken for real',
    closed: 'The situation is closed, and takes no more reports',
    too_old: 'said_at is more than 24 hours ago',
    ahead: 'said_at has not come yet',
    conflict:
      'Another report stands, so this one was not taken. Compare them; to replace it all the same, send again with upon set to the id of that report (stands_id)',
  },
})

const texts = inBoth({
  ja: {
    taken: (what: string) => `「${what}」として受け付けました`,
    next: (time: string) => `次回の報告：${time}まで`,
    stands: (what: string, who: string) => `いま有効な報告：「${what}」（${who}）`,
    and: '、',
  },
  en: {
    taken: (what: string) => `Taken as “${what}”`,
    next: (time: string) => `Next update: by ${time}`,
    stands: (what: string, who: string) => `What stands: “${what}” (${who})`,
    and: ', ',
  },
})

type Said = { said_ja: string; said_en: string }
const inEach = (say: (language: Language) => string[]): Said => {
  const [ja, en] = languages.map((language) => say(language).join('\n').slice(0, 4000)) as [string, string]
  return { said_ja: ja, said_en: en }
}

export const takenSaid = (report: StandingReport, at: Date): Said =>
  inEach((language) => [
    texts[language].taken(oneLine(remarkedWords(language, report))),
    texts[language].next(timeWords(language, report.next_update_at, at, { with_date: true })),
  ])

export const refusedSaid = (
  reason: FileRefusal,
  {
    problems = {},
    stands,
    at,
  }: { problems?: Record<Language, string[]> | Record<string, never>; stands?: StandingReport; at: Date },
): Said =>
  inEach((language) => {
    const { and, stands: standing } = texts[language]
    const who =
      stands &&
      [
        oneLine(named(language, { name_ja: stands.who_ja ?? '', name_en: stands.who_en })),
        viaWords[language][stands.via],
        timeWords(language, saidAt(stands), at, { with_date: true }),
      ].join(and)
    return [
      refusalWords[language][reason],
      ...(problems[language] ?? []).map(oneLine),
      ...(stands && who ? [standing(oneLine(remarkedWords(language, stands)), who)] : []),
    ]
  })
