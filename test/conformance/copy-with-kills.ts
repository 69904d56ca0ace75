// SPDX-License-Identifier: Apache-2.0
/** Consume, process, produce while the copying process and the gateway are killed: started again, it goes on until the end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { tiedToParent, waitFor } from '@kaas/testkit'
import { childOf } from '../system/faults/child-of.ts'
import type { JavaRuns, Way } from './both-ways.ts'
import type { Stage } from './stage.ts'

/** Who is killed, each after some more transactions were committed. */
export type Victim = 'copier' | 'gateway'

const TRANSACTIONS_BETWEEN = 8
const STARTS = 8
const TIMEOUT_MS = 120_000

/** Fills, copies with kills and resolves with what a reader finds: numbers and hashes of source and copy. */
export async function copyWithKills(
  stage: Stage,
  java: JavaRuns,
  way: Way,
  victims: readonly Victim[],
): Promise<readonly string[]> {
  await java.lines(way, 'Copy', 'fill')
  const left = [...victims]
  for (let starts = 0; starts < STARTS; starts++) {
    const copier = startCopier(java, way)
    while (left.length > 0) {
      const seen = copier.committed()
      await waitFor(() => copier.hasEnded() || copier.committed() >= seen + TRANSACTIONS_BETWEEN, {
        what: 'some transactions to be committed',
        timeoutMs: TIMEOUT_MS,
      })
      if (copier.hasEnded()) break
      if (left.shift() === 'gateway') process.kill(childOf(stage.product.pid, 'apps/gateway/src/main.ts'), 'SIGKILL')
      else copier.child.kill('SIGKILL')
    }
    await waitFor(() => copier.hasEnded(), { what: 'the copy to end', timeoutMs: TIMEOUT_MS })
    if (copier.isDone()) {
      if (left.length > 0) throw new Error(`The copy ended before ${left.length} kills.`)
      return java.lines(way, 'Copy', 'check')
    }
  }
  throw new Error(`The copy did not reach its end in ${STARTS} starts.`)
}

interface Copier {
  readonly child: ChildProcess
  committed(): number
  hasEnded(): boolean
  isDone(): boolean
}

function startCopier(java: JavaRuns, way: Way): Copier {
  const [program = '', ...args] = tiedToParent('KILL', java.command(way, 'Copy', 'copy'))
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let printed = ''
  let hasEnded = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  child.once('close', () => {
    hasEnded = true
  })
  return {
    child,
    committed: () => printed.split('committed').length - 1,
    hasEnded: () => hasEnded,
    isDone: () => printed.includes('done'),
  }
}
