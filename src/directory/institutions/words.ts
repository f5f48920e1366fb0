import { inBoth } from '#ground/html/language.ts'

export { kinds, kindWords } from '#ground/market/institution-words.ts'

export const siteWords = inBoth({
  ja: {
    head_office: '本店',
    data_centre: 'データセンター',
    backup_data_centre: '予備データセンター',
    alternate_office: '代替オフィス',
    branch: '支店',
  },
  en: {
    head_office: 'Head office',
    data_centre: 'Data centre',
    backup_data_centre: 'Backup data centre',
    alternate_office: 'Alternate office',
    branch: 'Branch',
  },
})
