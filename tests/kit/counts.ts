import type { TestSite } from './site.ts'

/** How many rows there are of what forms write: a form that was refused changes none of these numbers, but for its line in the trail. */
export async function countsOf(site: TestSite) {
  const tables = [
    'trail',
    'situation',
    'round',
    'delivery',
    'report',
    'publication',
    'official_notice',
    'register_item',
    'register_link',
    'register_comment',
    'register_file',
    'register_review',
    'improvement',
    'audience_group',
    'notice_template',
    'ladder',
    'answer',
    'notice',
    'notice_upload',
    'criterion',
    'telegram',
    'proposal',
    'institution',
    'person',
    'role_grant',
    'invitation',
    'recovery',
    'break_glass_set',
    'attestation',
    'attestation_letters',
    'contact_exchange',
    'contact',
    'contact_address',
    'address_code',
    'address_test',
    'answer',
    'call',
    'call_claim',
    'reply',
    'push_subscription',
    'webhook_endpoint',
    'sso_provider',
  ] as const
  const counted: Record<string, number> = {}
  for (const table of tables) {
    const { n } = await site.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    counted[table] = Number(n)
  }
  return counted
}
