export { numberOfReplyPath, takeMailReply } from './take-mail-reply.ts'
