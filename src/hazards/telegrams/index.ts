export { parseTelegram } from './parse-jma.ts'
export { pollFeeds, type TakeIn } from './poll-feeds.ts'
export type { Rejection } from './rejection.ts'
export { type Stored, storeTelegram } from './store-telegram.ts'
export {
  fromStored,
  type Intensity,
  intensities,
  intensityRank,
  type ReportedIntensity,
  reaches,
  type ShakenArea,
  strongest,
  type Telegram,
  type TelegramCode,
  type TsunamiGrade,
  telegramCodes,
  tsunamiGrades,
} from './telegram.ts'
export { intensityWords, tsunamiWords } from './words.ts'
