import { Hono } from 'hono'
import type { AppEnv } from '#ground/tools/tools.ts'
import { addressRoutes } from './address-routes.tsx'
import { careRoutes } from './care-routes.tsx'
import { treeRoutes } from './routes.tsx'

export { type Phone, readPhone, showPhone, showWritten, writePhone } from '#ground/market/phone.ts'
export { addContacts, type NewAddress, type NewContact, plainAddresses } from './add-contacts.ts'
export { contactOutcomes } from './after-letter.ts'
export { CallTree, Confirmed, ContactCard } from './call-tree.tsx'
export { confirmEntry, writeConfirmation } from './confirm-entry.ts'
export { EntryBanners } from './entry-banners.tsx'
export { type Gaps, gapsOf, hasGaps, type Reachable, reachableNow, respondsFirst } from './gaps.ts'
export { ContactLinks, type ContactNotice, ContactWarnings, contactNotice } from './home-notice.tsx'
export { lockContacts, lockDirectory } from './lock-contacts.ts'
export { look } from './look.ts'
export { hoursAt, isMarketDay, nationalHolidays } from './market-day.ts'
export { quarantine } from './quarantine.ts'
export { type CallTreeView, type ContactView, readCallTree, readContacts } from './queries.ts'
export { isAboutAddress } from './refusal.ts'
export { contactWords, duties, hours } from './words.ts'

// Before `/contacts/:id`, which would take their names for ids.
export const contactRoutes = new Hono<AppEnv>().route('/', careRoutes).route('/', addressRoutes).route('/', treeRoutes)
