import { after } from 'node:test'

const patience_ms = 60_000

// Loaded before each test file. What a failed test has left open, a server above all, would keep its process for ever;
// a file that has told its results is given a minute to end by itself.
if (process.env.NODE_TEST_CONTEXT)
  after(() => {
    setTimeout(() => {
      console.error(`${process.argv[1]} left open: ${process.getActiveResourcesInfo().join(', ')}`)
      process.exit(1)
    }, patience_ms).unref()
  })
