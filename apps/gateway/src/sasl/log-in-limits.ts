// SPDX-License-Identifier: Apache-2.0
/**
 * How many log-ins of one client address may fail. Beyond that the address is blocked for a while: its log-ins are refused without asking
 * a broker, and if it goes on, its connections without a TLS handshake. Log-ins that are not decided yet count as if they failed, so that
 * many at once are no way around; who has to wait for that is not refused. Addresses behind PROXY headers are the clients' own.
 */
import { addressKeyOf } from './address-key.ts'

/** A bound on failed log-ins. */
export interface FailedLogIns {
  /** Of one address within a window; 0 is no bound. */
  readonly most: number
  /** Failures are counted over this time, and a block holds as long, in milliseconds. */
  readonly windowMs: number
}

/** Addresses that are remembered; beyond them the oldest goes. */
const MOST_ADDRESSES = 100_000
/** Connections of a blocked address that are told why, before the next are closed before TLS. */
const MOST_TOLD = 20

interface Counted {
  failures: number
  undecided: number
  /** The end of the window, or of the block. */
  endsMs: number
  isBlocked: boolean
  /** Connections that came during the block. */
  connections: number
  readonly waiting: ((isWelcome: boolean) => void)[]
}

/** The table of addresses. */
export class LogInLimits {
  readonly #bound: FailedLogIns
  readonly #onBlocked: (address: string, failures: number) => void
  readonly #mostAddresses: number
  readonly #byAddress = new Map<string, Counted>()

  /** `onBlocked` is told once for each block. */
  constructor(bound: FailedLogIns, onBlocked: (address: string, failures: number) => void, mostAddresses = MOST_ADDRESSES) {
    this.#bound = bound
    this.#mostAddresses = mostAddresses
    this.#onBlocked = onBlocked
  }

  /** Addresses that are remembered now. */
  get size(): number {
    return this.#byAddress.size
  }

  /** Resolves with false when the address is blocked; with true when a log-in may begin, which `left` must end. */
  enter(remote: string, nowMs: number): Promise<boolean> {
    if (this.#bound.most === 0) return Promise.resolve(true)
    const counted = this.#of(addressKeyOf(remote), nowMs)
    if (counted.isBlocked) return Promise.resolve(false)
    if (counted.failures + counted.undecided < this.#bound.most) {
      counted.undecided += 1
      return Promise.resolve(true)
    }
    return new Promise((resolve) => counted.waiting.push(resolve))
  }

  /** A log-in that `enter` let in has ended. */
  left(remote: string, hasFailed: boolean, nowMs: number): void {
    const address = addressKeyOf(remote)
    const counted = this.#byAddress.get(address)
    if (counted === undefined) return
    counted.undecided -= 1
    if (hasFailed) this.#count(address, counted, nowMs)
    this.#letIn(counted)
    if (counted.undecided <= 0 && counted.failures === 0) this.#byAddress.delete(address)
  }

  /** Whether a connection may go on to TLS: a blocked address is told why some times, and then no more. */
  welcomes(remote: string, nowMs: number): boolean {
    const counted = this.#byAddress.get(addressKeyOf(remote))
    if (counted === undefined || !counted.isBlocked || nowMs >= counted.endsMs) return true
    counted.connections += 1
    return counted.connections <= MOST_TOLD
  }

  #of(address: string, nowMs: number): Counted {
    const known = this.#byAddress.get(address)
    if (known !== undefined && (nowMs < known.endsMs || known.failures === 0)) return known
    const fresh: Counted = { failures: 0, undecided: 0, endsMs: 0, isBlocked: false, connections: 0, waiting: [] }
    const begun = known === undefined ? fresh : { ...fresh, undecided: known.undecided, waiting: known.waiting }
    this.#byAddress.delete(address)
    this.#makeRoom()
    this.#byAddress.set(address, begun)
    return begun
  }

  /** The oldest goes, and who waits for it goes on. */
  #makeRoom(): void {
    if (this.#byAddress.size < this.#mostAddresses) return
    for (const [address, { waiting }] of this.#byAddress) {
      this.#byAddress.delete(address)
      for (const resolve of waiting) resolve(true)
      return
    }
  }

  #count(address: string, counted: Counted, nowMs: number): void {
    if (counted.failures === 0 || (!counted.isBlocked && nowMs >= counted.endsMs)) {
      counted.failures = 0
      counted.endsMs = nowMs + this.#bound.windowMs
    }
    counted.failures += 1
    if (counted.isBlocked || counted.failures < this.#bound.most) return
    counted.isBlocked = true
    counted.endsMs = nowMs + this.#bound.windowMs
    this.#onBlocked(address, counted.failures)
    for (const resolve of counted.waiting.splice(0)) resolve(false)
  }

  #letIn(counted: Counted): void {
    while (counted.waiting.length > 0 && counted.failures + counted.undecided < this.#bound.most) {
      counted.undecided += 1
      counted.waiting.shift()?.(true)
    }
  }
}
