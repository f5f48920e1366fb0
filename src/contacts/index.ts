export { addContacts, type NewAddress, type NewContact, plainAddresses } from './add-contacts.ts'
export { look } from './look.ts'
export { type Phone, readPhone, showPhone, showWritten, writePhone } from './phone.ts'
