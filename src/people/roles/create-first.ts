import type { Tools } from '#ground/tools/tools.ts'
import { activate } from '#people/invitations/index.ts'
import { FirstAccountForm, firstAccount } from './first-account.ts'

const refusals = {
  has_one: [
    'すでに事務局の利用者がいます。画面の「利用者」から追加してください。',
    'There is someone of the secretariat already. Add people on the page “People”.',
  ],
  no_association: ['この機関コードは協会のものではありません。', 'The institution with this code is no association.'],
  mail: ['このメールアドレスの利用者がいます。', 'Someone has an account with this mail address.'],
}

/** The first account from the words of a command line: what was done or refused, in lines to print. */
export async function createFirst(
  tools: Pick<Tools, 'whole' | 'clock' | 'origin'>,
  values: Record<string, string | undefined>,
): Promise<{ done: boolean; said: string[] }> {
  const form = FirstAccountForm.safeParse(values)
  if (!form.success) return { done: false, said: form.error.issues.map(({ message }) => message) }
  const opened = await firstAccount(tools, form.data, async (tx, person, at) => {
    const { url, code } = await activate(tx, tools.origin, person, at)
    return [
      '72 時間以内に次のページを開き、コードを入力して、パスキーまたは認証アプリを登録してください。コードが出るのはこの一度だけです。',
      'Within 72 hours open this page, enter the code, and set up a passkey or an authenticator app. The code is shown only now.',
      `${url}  ${code}`,
    ]
  })
  if ('failed' in opened) return { done: false, said: refusals[opened.failed] }
  return {
    done: true,
    said: [
      `最初のアカウントを開設しました：${form.data.name}（事務局）`,
      `The first account is open: ${form.data.name}, secretariat.`,
      ...opened.what_next,
    ],
  }
}
