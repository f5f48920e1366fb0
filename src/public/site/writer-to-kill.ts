import { renderSite, writeSite } from './files.ts'
import { published, told_at, view } from './sample.ts'

/** Writes two pictures in turn until it is killed: the process that the test of atomic files ends in mid-write. */
const [, , folder] = process.argv
if (folder) {
  process.on('disconnect', () => process.exit())
  for (let turn = 0; ; turn++) {
    const snapshot = published(turn % 2 === 0 ? 1 : 2)
    await writeSite(folder, renderSite(snapshot, view(told_at)), snapshot)
    if (turn === 1) process.send?.('both written')
  }
}
