// SPDX-License-Identifier: Apache-2.0
/**
 * A process of the race: takes the lock again and again without a pause, and writes down when another living process is inside at the same
 * time. It leaves the lock as a process does that was killed with it, so that all others find a dead one at once, and is really killed in
 * its last turn if it is told so. Arguments: the lock, the file of who is inside, the file of faults, how many turns, `dies`.
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setImmediate as moment } from 'node:timers/promises'
import { isAlive, tryLockFile } from '../src/index.ts'

const [lock = '', inside = '', faults = '', turns = '0', dies = ''] = process.argv.slice(2)
const gone = spawnSync('true').pid

for (let turn = 1; turn <= Number(turns); turn++) {
  while (tryLockFile(lock).kind === 'taken') await moment()
  const other = whoIsInside()
  if (other !== undefined && isAlive({ pid: other })) appendFileSync(faults, `${process.pid} met ${other}\n`)
  writeFileSync(inside, String(process.pid))
  await moment()
  if (dies !== '' && turn === Number(turns)) process.kill(process.pid, 'SIGKILL')
  if (whoIsInside() !== process.pid) appendFileSync(faults, `${process.pid} was overtaken\n`)
  rmSync(inside, { force: true })
  writeFileSync(`${lock}-${process.pid}`, JSON.stringify({ pid: gone, nonce: randomUUID() }))
  renameSync(`${lock}-${process.pid}`, lock)
}

function whoIsInside(): number | undefined {
  try {
    return Number(readFileSync(inside, 'utf8'))
  } catch {
    return undefined
  }
}
