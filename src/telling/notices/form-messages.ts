import { fileWords } from '#ground/files/file-words.ts'
import type { WrongFile } from '#ground/files/judge-file.ts'
import { inBoth } from '#ground/html/language.ts'
import { files_max } from './keep-uploads.ts'

/** What may be wrong with what somebody wrote. */
export const formMessages = inBoth({
  ja: {
    belongs_to: '事案を選んでください。事案がないときは、実災害・訓練・試験のどれかを選んでください',
    needs_situation: '状況報告を求めるには、対応中の事案を選んでください',
    severity: '重要度を選んでください',
    label: '共有範囲を選び直してください',
    official: '転送する通達等を選んでください',
    subject_ja: '件名（日本語）を100文字以内で入力してください',
    subject_en: '件名（英語）を100文字以内で入力してください',
    text_ja: '本文（日本語）を4,000文字以内で入力してください',
    text_en: '本文（英語）を4,000文字以内で入力してください',
    answer_wanted: '求める回答を選んでください',
    choices_ja: '選択肢（日本語）を、1行に1つ、2〜9個入力してください',
    choices_en: (ja: number, en: number) =>
      `選択肢（英語）を、日本語と同じ数だけ入力してください（日本語${ja}、英語${en}）`,
    choices_long: '選択肢は、それぞれ100文字以内で入力してください',
    answer_by: '回答期限を入力してください',
    past: '回答期限が過ぎています。これからの日時を入力してください',
    far: '回答期限は30日以内の日時を入力してください',
    repeat: '繰り返しの間隔を、5〜1440分の整数で入力してください',
    blank: (what: string) => `「${what}」を入力してください`,
    nobody: 'この宛先に当たる機関は今はありません。選び直してください',
    nobody_asked:
      'この宛先は、照会しない（情報共有のみの）機関だけです。回答を求めるには、照会する機関を加えるか、機関の登録内容を変えてください',
    closed: 'この事案は終結しています。別の事案を選んでください',
    no_centre:
      'この事案には対策本部が設置されていません。「対策本部通知」ではなく「事務局からのお知らせ」を使ってください',
    outside:
      'この事案は情報収集で、照会先は決まっています。照会先でない機関は宛先にできません。ほかの機関には、別の照会を始めてください',
    mode: 'この通知は別の区分（実災害・訓練・試験）で作り始めました。区分は変えられません。同じ区分の事案を選んでください',
    official_gone: 'この通達は見つかりません。選び直してください',
    official_mode: 'この通達は、選んだ事案と区分（実災害・訓練・試験）が違います',
    official_label: 'もとの通達より広い共有範囲にはできません',
    replaced: 'もとの通知は、もう別の通知に置き換えられています。最新の通知から訂正してください',
    changed: 'ほかの人が先にこの下書きを変更しました。今の内容を見て、よければもう一度押してください',
    uploads: 'ファイルの保管期限が過ぎました。もう一度選んでください',
    file: (name: string, wrong: WrongFile | 'many') => `${name || 'ファイル'}：${files.ja[wrong]}`,
  },
  en: {
    belongs_to: 'Choose a situation, or say whether this is real, an exercise or a test',
    needs_situation: 'To ask for reports, choose a situation that is open',
    severity: 'Choose the severity',
    label: 'Choose again who may read it',
    official: 'Choose the official notice to pass on',
    subject_ja: 'Enter the Japanese subject, in up to 100 characters',
    subject_en: 'Enter the English subject, in up to 100 characters',
    text_ja: 'Enter the Japanese text, in up to 4,000 characters',
    text_en: 'Enter the English text, in up to 4,000 characters',
    answer_wanted: 'Choose the answer that is wanted',
    choices_ja: 'Enter 2 to 9 choices in Japanese, one to a line',
    choices_en: (ja: number, en: number) => `Enter as many choices in English as in Japanese (${en} of ${ja})`,
    choices_long: 'Keep each choice within 100 characters',
    answer_by: 'Enter until when to answer',
    past: 'That time has passed. Enter a time that is still to come',
    far: 'Enter a time within 30 days',
    repeat: 'Enter the interval in whole minutes, 5 to 1440',
    blank: (what: string) => `Fill in “${what}”`,
    nobody: 'No institution is addressed by this now. Choose again',
    nobody_asked:
      'Only institutions that are not asked (informed only) are addressed. To ask for an answer, add others, or change their entries',
    closed: 'This situation is closed. Choose another',
    no_centre:
      'No command centre is set up in this situation. Use “Information of the secretariat” instead of a command-centre notice',
    outside:
      'This situation gathers information from those whom it was opened for. Others cannot be addressed in it: start to ask them in another',
    mode: 'This notice was begun in another mode, which does not change. Choose a situation of that mode',
    official_gone: 'This official notice was not found. Choose again',
    official_mode: 'This official notice is of another mode than the situation',
    official_label: 'It cannot be shared more widely than the official notice itself',
    replaced: 'That notice was replaced by another meanwhile. Correct the newest one',
    changed: 'Someone else changed this draft first. Look at what it says now, and press again if you still want to',
    uploads: 'The files were kept for a day and are gone. Choose them again',
    file: (name: string, wrong: WrongFile | 'many') => `${name || 'File'}: ${files.en[wrong]}`,
  },
})

const files = inBoth<Record<WrongFile | 'many', string>>({
  ja: { ...fileWords.ja, many: `添付は${files_max}個までです` },
  en: { ...fileWords.en, many: `up to ${files_max} files can be attached` },
})
