/** The actions of one wing that leave a line in the audit trail, each in the words that an auditor reads: `[ja, en]`. */
export type Words = Record<string, readonly [ja: string, en: string]>
