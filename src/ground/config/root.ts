/** The root of the project: what is read beside the program (migrations, samples, built assets) is found from here. */
export const root = new URL('../../../../', import.meta.url)
