/** The password of every demo account. Public, therefore refused in production. */
export const demoPassword = 'noroshi-demo-2026'
