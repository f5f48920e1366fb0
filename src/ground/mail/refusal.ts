/** Enhanced codes (RFC 3463) that mean this mailbox and nothing else: no such one, moved, refused by null MX, disabled. */
const codes_of_address = ['5.1.1', '5.1.6', '5.1.10', '5.2.1']
/** Codes that mean nothing in particular: the words beside them say what it was. */
const codes_of_anything = ['5.0.0', '5.1.0']

/** The words in which mail servers say that there is no such mailbox. */
const no_such = [
  /\b(user|recipient|mailbox|account|addressee|address) (is |was )?(unknown|not found|not exist|no longer|does(n't| not) exist|could not be found)/i,
  /\b(user|recipient|mailbox|account) (is |has been )?(disabled|inactive|deactivated|discontinued)\b/i,
  /\b(no such|unknown|invalid|non-?existent) (local )?(user|recipient|mailbox|account|person|address|destination mailbox)\b/i,
  /\bdoes(n't| not) have an? [\w.-]+ account\b/i,
  /\bno mailbox (here )?by that name\b/i,
  /\bnot a (valid|known) (user|recipient|mailbox)\b/i,
  /(宛先|ユーザー?|メールアドレス|アカウント)(が|は)?(存在しません|見つかりません|ありません)/,
]

/** What a refusal is about when it is not about the mailbox, whatever number stands before it. */
const other_matter =
  /\b(spf|dkim|dmarc|rbl|dnsbl|spamhaus|helo|ehlo|tls|starttls|dns|sender|from address|polic(y|ies)|black-?list(ed)?|block-?list(ed)?|blocked|listed|gr[ae]y-?list(ed)?|spam|virus|content|authenticat\w*|reputation|rate|quota|limits?|full|quickly|rcpthosts|route|unrouteable|relaying|expired|timed? ?out|tempor\w+|try again)\b|too (many|much|large|big|long)|relay (access )?(denied|not)|not (permitted|allowed|authori[sz]ed)|access denied|service unavailable|host (unknown|not found)|domain (unknown|not found|does)/i

/** What the program itself finds before any server is asked. */
const own_look = 'not a mail address'

/**
 * Whether a server that refused a mail for good surely meant the address it was for: that there is no such mailbox, and no other
 * matter. What is in doubt is not about the address: a relay that is set up wrongly refuses everyone's mails, and must not
 * silence the market.
 */
export function isAboutAddress(answer: string): boolean {
  if (answer === own_look) return true
  // Names and addresses that the server repeats are no words of its own.
  const words = answer.replaceAll(/https?:\/\/\S+|<[^<>]*>|[^\s<>()"']+@[^\s<>()"']+/g, ' ').replaceAll(/\s+/g, ' ')
  // A number of another class, such as 4.2.1 or 450, is a passing trouble.
  if (/\b4\.\d{1,3}\.\d{1,3}\b|^4\d\d\b/.test(words) || other_matter.test(words)) return false
  const codes = words.match(/\b5\.\d{1,3}\.\d{1,3}\b/g) ?? []
  const named = codes.filter((code) => !codes_of_anything.includes(code))
  if (named.length > 0) return named.every((code) => codes_of_address.includes(code))
  return /\b5\d\d\b|\b5\.\d/.test(words) && no_such.some((saying) => saying.test(words))
}
