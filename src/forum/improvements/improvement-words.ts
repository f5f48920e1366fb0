import type { Look } from '#ground/html/chip.tsx'
import { inBoth } from '#ground/html/language.ts'
import type { ImprovementSource, ImprovementState } from './improvement.ts'

type Steps = Record<'start' | 'report' | 'verify' | 'back' | 'drop' | 'reopen', string>

/** How improvements are spoken of on every page. */
export const improvementWords = inBoth<{
  name: string
  sources: Record<ImprovementSource, string>
  states: Record<ImprovementState, string>
  steps: Steps
  nobody: string
  somebody: string
}>({
  ja: {
    name: '改善事項',
    sources: {
      peacetime_use: '平時の利用',
      overseas: '海外のポータル',
      domestic: '国内の他機関',
      situation: '事案',
      exercise: '訓練',
      inspection: '点検',
      other: 'その他',
    },
    states: {
      open: '未着手',
      doing: '対応中',
      done: '完了（証拠待ち）',
      verified: '確認済み',
      dropped: '見送り',
    },
    steps: {
      start: '対応を始める',
      report: '完了を報告する',
      verify: '証拠を確かめて閉じる',
      back: '対応中に戻す',
      drop: '見送る',
      reopen: '再開する',
    },
    nobody: '担当未定',
    somebody: 'ほかの機関の担当者',
  },
  en: {
    name: 'Improvements',
    sources: {
      peacetime_use: 'Use in peacetime',
      overseas: 'Overseas portals',
      domestic: 'Other domestic institutions',
      situation: 'Situation',
      exercise: 'Exercise',
      inspection: 'Inspection',
      other: 'Other',
    },
    states: {
      open: 'Not begun',
      doing: 'At work',
      done: 'Done, proof wanted',
      verified: 'Verified',
      dropped: 'Dropped',
    },
    steps: {
      start: 'Start work on it',
      report: 'Report it done',
      verify: 'Verify the proof and close',
      back: 'Send it back to work',
      drop: 'Drop it',
      reopen: 'Open it again',
    },
    nobody: 'No owner yet',
    somebody: 'someone of another institution',
  },
})

/** What leads from one state to another, by its name in the words. */
export function stepName(from: ImprovementState, to: ImprovementState): keyof Steps {
  if (to === 'doing') return from === 'open' ? 'start' : 'back'
  return ({ open: 'reopen', done: 'report', verified: 'verify', dropped: 'drop' } as const)[to]
}

export const stateLooks: Record<ImprovementState, Look> = {
  open: 'waiting',
  doing: 'resumed',
  done: 'partial',
  verified: 'normal',
  dropped: 'expired',
}
