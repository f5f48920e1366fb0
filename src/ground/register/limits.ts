/** What is written about a thing, at most. */
export const text_length_max = 4000
/** So many files stand beside one thing. */
export const files_max = 20
