// SPDX-License-Identifier: Apache-2.0
/** Producers and a reader that go on through faults, in a process of their own (`hashed-load.py`), and what they say of each fault. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment, tiedToParent, waitFor } from '@kaas/testkit'

const PROGRAM = fileURLToPath(new URL('hashed-load.py', import.meta.url))
const REQUIREMENTS = fileURLToPath(new URL('../../conformance/clients/confluent-python/requirements.txt', import.meta.url))
/** Acknowledgements on every partition after which a producer counts as recovered. */
const ENOUGH = 10

/** One producer of about a hundred records a second, spread over the first partitions of its topic. */
export interface LoadStream {
  readonly name: string
  /** Brokers in plaintext, for a producer that goes past the gateways; absent for the others. */
  readonly bootstrapServers?: string
  readonly username: string
  readonly password: string
  readonly topic: string
  readonly partitions: number
  /** Whether a reader in a group reads along. */
  readonly isRead: boolean
  /** Of librdkafka, over the load's own. */
  readonly settings: Readonly<Record<string, string | number | boolean>>
}

/** What a producer met in the phase that is told. */
export interface LoadState {
  /** Acknowledgements on the partition that has fewest. */
  readonly acks: number
  /** The longest time between two acknowledgements on one partition, in milliseconds. */
  readonly longestWaitMs: number
  /** The longest time between two records that the reader got; 0 without one. */
  readonly longestReadWaitMs: number
}

/** By the names of the streams. */
export type LoadStates = Readonly<Record<string, LoadState>>

/** What became of a producer's records, all of them read back. */
export interface LoadAccount {
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
  /** Acknowledged and not given to the reader in the group; 0 without one. */
  readonly unread: number
  readonly damaged: number
  readonly failures: readonly string[]
}

/** A running load. Owns a process, which ends with `account`, or with ours. */
export interface HashedLoad {
  /** Begins a phase, lets `fault` happen, and resolves when every producer is acknowledged on all its partitions again. */
  during(phase: string, fault: () => Promise<void>): Promise<LoadStates>
  /** Sends so many bytes by the first producer. */
  burst(bytes: number): void
  /** Ends the load, reads all that is there, and resolves with the account of each producer. */
  account(): Promise<Readonly<Record<string, LoadAccount>>>
}

/** Starts the load and resolves when all producers are acknowledged. */
export async function startHashedLoad(task: {
  readonly bootstrapServers: string
  readonly caFile: string
  readonly requestTimeoutMs: number
  readonly streams: readonly LoadStream[]
}): Promise<HashedLoad> {
  const python = await pythonEnvironment(REQUIREMENTS)
  const [program = python, ...args] = tiedToParent('KILL', [python, PROGRAM])
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const heard: { report: Report; account: Record<string, LoadAccount> | undefined } = {
    report: { phase: '', streams: {} },
    account: undefined,
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as Partial<Report> & { readonly account?: Record<string, LoadAccount> }
    if (said.account !== undefined) heard.account = said.account
    if (said.streams !== undefined) heard.report = said as Report
  })
  const say = (command: object): void => void child.stdin.write(`${JSON.stringify(command)}\n`)
  const haveEach = (phase: string, more: LoadStates) => () =>
    heard.report.phase === phase &&
    Object.entries(heard.report.streams).every(([name, { acks }]) => acks >= (more[name]?.acks ?? 0) + ENOUGH) &&
    heard.report.streams
  say(task)
  await waitFor(haveEach('begin', {}), { what: 'the load to begin' })
  return {
    during: async (phase, fault) => {
      say({ phase })
      await waitFor(() => heard.report.phase === phase, { what: 'the load to hear of the phase' })
      await fault()
      const { streams } = heard.report
      return waitFor(haveEach(phase, streams), { what: `all producers to go on after: ${phase}` })
    },
    burst: (bytes) => say({ burst: bytes }),
    account: async () => {
      child.stdin.end()
      return waitFor(() => heard.account, { what: 'the account of the load', timeoutMs: 180_000 })
    },
  }
}

interface Report {
  readonly phase: string
  readonly streams: LoadStates
}
