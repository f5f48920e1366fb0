import { inBoth } from '#ground/html/language.ts'

export const siteKinds = inBoth({
  ja: { head_office: '本店', data_centre: 'データセンター', alternate_office: '代替オフィス' },
  en: { head_office: 'Head office', data_centre: 'Data centre', alternate_office: 'Alternate office' },
})
