import type { BodyRefused, WhyNotTaken } from '#ground/html/body-refused.ts'
import { inBoth } from '#ground/html/language.ts'
import { type ProblemWords, SaidProblem } from '#ground/html/problem-page.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'

export const codesOfBodies = { bytes: 413, fields: 413, slow: 408, busy: 503 } as const
/** When to try again, where too many are sending at this moment. */
export const busy_seconds = 10

const megabytes = (bytes: number) => Number((bytes / 1024 / 1024).toFixed(2))

/** `max` as in `BodyRefused`; of bytes in megabytes. */
type Say = (max: number) => ProblemWords

const texts = inBoth<{ reasons: Record<WhyNotTaken, Say>; nobody: Say }>({
  ja: {
    reasons: {
      bytes: (max) => ({
        title: '送信された内容が大きすぎます',
        happened: `この画面から受け取れる大きさは、ファイルを含めて${max} MBまでです。`,
        kept: '今回送信されたものは受け取っていません。何も変更されていません。',
        next: '前の画面に戻り、ファイルを分けるか、内容を短くして、もう一度送信してください。多くの端末では、前の画面に戻ると文字の入力は残っています。',
      }),
      fields: (max) => ({
        title: '送信された項目が多すぎます',
        happened: `一度に受け取れる項目は${max.toLocaleString('ja')}個までです。`,
        kept: '今回送信されたものは受け取っていません。何も変更されていません。',
        next: '前の画面に戻り、項目を減らすか、何回かに分けて、もう一度送信してください。',
      }),
      slow: (max) => ({
        title: '送信が時間内に終わりませんでした',
        happened: `送信が始まってから${max}秒以内に、すべてが届きませんでした。通信が遅いか、途切れています。`,
        kept: '今回送信されたものは受け取っていません。何も変更されていません。',
        next: '前の画面に戻り、もう一度送信してください。ファイルは、小さくするか、通信のよい場所で送信してください。急ぐ場合は、電話で事務局に連絡してください。',
      }),
      busy: () => ({
        title: '送信が混み合っています',
        happened: '今、ほかの送信を多く受け取っているため、これ以上受け取れません。',
        kept: '今回送信されたものは受け取っていません。何も変更されていません。',
        next: `${busy_seconds}秒ほど待ってから、前の画面に戻り、もう一度送信してください。急ぐ場合は、電話で事務局に連絡してください。`,
      }),
    },
    nobody: (max) => ({
      title: '送信された内容が大きすぎます',
      happened: `サインインしていない方から受け取れる大きさは、${max} MBまでです。入力の途中でサインインが切れたのかもしれません。`,
      kept: '今回送信されたものは受け取っていません。それまでに送信が完了したものは、すべて保存されています。',
      next: '別のタブでサインインしてから、このタブで前の画面に戻り、もう一度送信してください。ファイルは選び直しが必要なことがあります。',
    }),
  },
  en: {
    reasons: {
      bytes: (max) => ({
        title: 'What was sent is too large',
        happened: `From this page up to ${max} MB can be taken, files included.`,
        kept: 'What you just sent was not taken. Nothing was changed.',
        next: 'Go back, split the file or shorten the text, and send it again. Most browsers still have what you typed when you go back.',
      }),
      fields: (max) => ({
        title: 'What was sent has too many fields',
        happened: `Up to ${max.toLocaleString('en')} fields can be taken at a time.`,
        kept: 'What you just sent was not taken. Nothing was changed.',
        next: 'Go back, and send it again with fewer fields, or in several parts.',
      }),
      slow: (max) => ({
        title: 'What was sent did not arrive in time',
        happened: `Not all of it came within ${max} seconds of its beginning. The connection is slow, or breaks off.`,
        kept: 'What you just sent was not taken. Nothing was changed.',
        next: 'Go back and send it again; a file should be smaller, or sent from a place with a better connection. If it is urgent, telephone the secretariat.',
      }),
      busy: () => ({
        title: 'Too much is being sent at this moment',
        happened: 'So much is being taken from others that no more can be taken now.',
        kept: 'What you just sent was not taken. Nothing was changed.',
        next: `Wait about ${busy_seconds} seconds, go back, and send it again. If it is urgent, telephone the secretariat.`,
      }),
    },
    nobody: (max) => ({
      title: 'What was sent is too large',
      happened: `From who is not signed in up to ${max} MB can be taken. Perhaps your session ended while you were typing.`,
      kept: 'What you just sent was not taken. Everything that was sent before is kept.',
      next: 'Sign in in another tab, go back in this one, and send it again. You may have to choose files anew.',
    }),
  },
})

/** Why what was sent was not taken, with the limit that it met. */
export function BodyRefusedPage({ refused: { why, max } }: { refused: BodyRefused }) {
  const { reasons, nobody } = useTexts(texts)
  const { reader } = useReading()
  const say = why === 'bytes' && !reader ? nobody : reasons[why]
  return <SaidProblem code={codesOfBodies[why]} problem={say(why === 'bytes' ? megabytes(max) : max)} />
}
