import { z } from 'zod'
import { idempotencyKey } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import type { Audience } from './audience.ts'

export const name_length_max = 100

export const groupMessages = inBoth({
  ja: {
    name_ja: `日本語名を${name_length_max}文字以内で入力してください`,
    name_en: `英語名を${name_length_max}文字以内で入力してください`,
    name_taken: 'その名前の宛先グループはもうあります。別の名前にしてください',
    outdated: 'ほかの人が先に変更しました。今の内容を見て、よければもう一度保存してください',
    removed: 'ほかの人がこの宛先グループを削除しました。保存すると新しい宛先グループになります',
    circle: (name: string) => `「${name}」はこのグループ自身を含むため、選べません`,
    used: 'ほかの宛先グループからも外れることを確かめて、印を付けてください',
  },
  en: {
    name_ja: `Enter the Japanese name, in up to ${name_length_max} characters`,
    name_en: `Enter the English name, in up to ${name_length_max} characters`,
    name_taken: 'There is a saved audience of that name. Choose another',
    outdated: 'Someone else changed it first. Look at what it says now, and save again if you still want to',
    removed: 'Someone else removed this saved audience. Saving makes it a new one',
    circle: (name: string) => `“${name}” holds this very audience and cannot be chosen`,
    used: 'Tick that you know it will go from the other saved audiences, too',
  },
})

/** The fields of a saved group beside its audience, which `AudienceForm` reads. */
export const GroupForm = (language: Language) => {
  const say = groupMessages[language]
  const name = (message: string) => z.string(message).trim().min(1, message).max(name_length_max, message)
  return z.object({
    name_ja: name(say.name_ja),
    name_en: name(say.name_en),
    version: z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number)
      .catch(0),
    /** The id that a new group will have, so that a second press finds it. */
    idempotency_key: idempotencyKey.optional().catch(undefined),
  })
}
export type GroupForm = z.output<ReturnType<typeof GroupForm>> & { audience: Audience }
