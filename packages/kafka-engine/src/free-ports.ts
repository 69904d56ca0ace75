// SPDX-License-Identifier: Apache-2.0
/**
 * Ports for servers that must know their number before they start. They are chosen below the range that the system gives
 * to outgoing connections, so that no client takes one between the check and the start. A file says which process was given them, so
 * that nobody else gets the same before a server listens there, or while one is started again.
 */
import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KaasError } from '@kaas/errors'
import { type HeldLock, tryLockFile } from '@kaas/process-lock'

const FIRST = 20_000
const LAST = 31_000
const TRIES = 200
/** As many ports as one file is about. */
const BLOCK = 8

/** Blocks that this process was given; it keeps them to its end. */
const given: HeldLock[] = []

/** One free TCP port on loopback. */
export async function freePort(): Promise<number> {
  return (await freePorts(1))[0] as number
}

/**
 * `count` free ports in a row, as port addressing needs them. They are this process's, and of those it gives them to, until it ends.
 * Throws `port-taken` when none are found.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const blocks = Math.ceil(count / BLOCK)
    const first = FIRST + BLOCK * randomInt(Math.floor((LAST - FIRST) / BLOCK) - blocks)
    const locks = lockBlocks(first, blocks)
    if (locks === undefined) continue
    const ports = Array.from({ length: count }, (_, index) => first + index)
    const free = await Promise.all(ports.map((port) => isPortFree(port)))
    if (free.every(Boolean)) {
      keep(locks)
      return ports
    }
    for (const lock of locks) lock.release()
  }
  throw new KaasError('port-taken', {
    message: `No ${count} free ports in a row were found between ${FIRST} and ${LAST}.`,
    help: 'End the programs that listen there.',
  })
}

/** Whether a server could listen on `port` of `host` right now. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** All of them, or undefined when a living process has one. Files of dead processes count for nothing. */
function lockBlocks(first: number, count: number): readonly HeldLock[] | undefined {
  const folder = join(tmpdir(), `kaas-ports-of-${process.getuid?.() ?? 'all'}`)
  mkdirSync(folder, { recursive: true })
  const held: HeldLock[] = []
  for (let index = 0; index < count; index++) {
    const lock = tryLockFile(join(folder, String(first + index * BLOCK)))
    if (lock.kind === 'taken') {
      for (const each of held) each.release()
      return undefined
    }
    held.push(lock)
  }
  return held
}

function keep(locks: readonly HeldLock[]): void {
  if (given.length === 0) process.once('exit', releaseAll)
  given.push(...locks)
}

function releaseAll(): void {
  for (const lock of given) lock.release()
}
