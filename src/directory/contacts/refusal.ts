/**
 * Whether a server that refused a mail for good meant the address it was for. Not its content, its sender or how it was
 * handed over: a relay that is set up wrongly refuses everyone's mails, and must not silence the whole market.
 */
export function isAboutAddress(answer: string): boolean {
  // Enhanced codes (RFC 3463): X.1 addressing, X.2 mailbox, X.4 routing; X.3 system, X.5 protocol, X.6 content, X.7 policy.
  const [, subject] = /\b5\.(\d{1,3})\.\d{1,3}\b/.exec(answer) ?? []
  if (subject !== undefined && subject !== '0') return ['1', '2', '4'].includes(subject)
  if (/relay|spam|policy|block|blacklist|denied|authenticat|content|too (large|big)/i.test(answer)) return false
  const [code] = /\b5\d\d\b/.exec(answer) ?? []
  // 550 no such mailbox, 551 moved away, 553 no such name (RFC 5321); no code at all: our own look at it, before any server's.
  return code === undefined || ['550', '551', '553'].includes(code)
}
