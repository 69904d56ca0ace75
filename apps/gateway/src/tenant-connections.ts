// SPDX-License-Identifier: Apache-2.0
/**
 * The open connections of a gateway: by tenant, for limits and for tenants that go; all of them, for the clock and for draining.
 */
import type { SnapshotTenant } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import type { Allowances } from './allowance/allowances.ts'
import type { Journal } from './audit/journal.ts'
import type { ClientConnection, ClientConnectionOwner } from './client-connection.ts'
import type { Admitted } from './rest.ts'
import type { SnapshotChange } from './snapshot/snapshot-view.ts'
import type { Traffic } from './traffic.ts'

const TICK_MS = 1000

/** Owns the connections and the one timer that watches all their deadlines: call `close`. */
export class TenantConnections implements ClientConnectionOwner {
  readonly #traffic: Traffic
  readonly #allowances: Allowances
  readonly #journal: Journal
  readonly #log: Log
  readonly #all = new Set<ClientConnection>()
  readonly #byTenant = new Map<string, Set<ClientConnection>>()
  readonly #clusterOf = new Map<string, string>()
  readonly #clock: NodeJS.Timeout

  constructor(traffic: Traffic, allowances: Allowances, journal: Journal, log: Log) {
    this.#traffic = traffic
    this.#allowances = allowances
    this.#journal = journal
    this.#log = log
    this.#clock = setInterval(() => this.#tick(), TICK_MS).unref()
  }

  get size(): number {
    return this.#all.size
  }

  /** Open connections of a tenant. */
  countOf(tenant: string): number {
    return this.#byTenant.get(tenant)?.size ?? 0
  }

  add(connection: ClientConnection): void {
    this.#all.add(connection)
    this.#traffic.connections += 1
    this.#traffic.unauthenticated += 1
  }

  admit(connection: ClientConnection, tenant: SnapshotTenant): Admitted {
    const nowMs = Date.now()
    const own = this.#byTenant.get(tenant.name) ?? new Set()
    const allowance = this.#allowances.of(tenant, nowMs)
    const traffic = this.#traffic.of(tenant.name)
    if (own.size >= allowance.connections) {
      traffic.limited.refusedConnections += 1
      throw allTaken(tenant, own.size)
    }
    this.#byTenant.set(tenant.name, own.add(connection))
    this.#clusterOf.set(tenant.name, tenant.cluster)
    this.#traffic.unauthenticated -= 1
    connection.arrival.stranger.leave()
    traffic.connections = own.size
    const turn = allowance.turn(nowMs)
    if (turn.kind === 'refused') traffic.limited.refusedConnections += 1
    else if (turn.waitMs > 0) traffic.limited.delayedConnections += 1
    return { traffic, turn }
  }

  ended(connection: ClientConnection, error: KaasError): void {
    if (!this.#all.delete(connection)) return
    this.#traffic.connections -= 1
    this.#traffic.countClosed(error.code)
    const tenant = connection.serving?.tenant.name
    if (tenant === undefined) this.#traffic.unauthenticated -= 1
    else this.#leave(connection, tenant)
    this.#logEnd(connection, error)
  }

  /** Closes the connections of tenants that went, were paused or moved to another cluster, and of users whom only the gateway knows and who went. */
  follow(change: SnapshotChange): void {
    for (const name of change.removedTenants) this.#closeTenant(name, 'was removed')
    for (const tenant of change.tenants) {
      if (tenant.paused) this.#closeTenant(tenant.name, 'is paused')
      else if (this.#clusterOf.has(tenant.name) && this.#clusterOf.get(tenant.name) !== tenant.cluster) {
        this.#closeTenant(tenant.name, 'moved to another cluster')
      } else this.#closeUnlisted(tenant.name)
    }
  }

  /** Lets every connection answer what it owes, spread over `spreadMs`, and resolves when none is left or `timeoutMs` passed. */
  async drain(spreadMs: number, timeoutMs: number): Promise<void> {
    const connections = [...this.#all]
    const deadlineMs = Date.now() + timeoutMs
    const share = Math.max(1, Math.ceil((connections.length * 50) / Math.max(spreadMs, 50)))
    for (let from = 0; from < connections.length; from += share) {
      for (const connection of connections.slice(from, from + share)) connection.drain()
      if (from + share < connections.length) await pause(50)
    }
    while (this.#all.size > 0 && Date.now() < deadlineMs) await pause(20)
  }

  close(): void {
    clearInterval(this.#clock)
    const error = new KaasError('cancelled-by-caller', { message: 'The gateway stopped before everything was answered.' })
    for (const connection of [...this.#all]) connection.fail(error)
  }

  #closeUnlisted(tenant: string): void {
    for (const connection of [...(this.#byTenant.get(tenant) ?? [])]) {
      if (connection.serving?.isListed !== false) continue
      connection.fail(new KaasError('credentials-wrong', { message: `User "${connection.serving.user}" was removed.` }))
    }
  }

  #closeTenant(name: string, why: string): void {
    const error = new KaasError('resource-absent', { message: `Tenant "${name}" ${why}.` })
    for (const connection of [...(this.#byTenant.get(name) ?? [])]) connection.fail(error)
    this.#traffic.forget(name)
  }

  #leave(connection: ClientConnection, tenant: string): void {
    const own = this.#byTenant.get(tenant)
    own?.delete(connection)
    const traffic = this.#traffic.tenants.get(tenant)
    if (traffic !== undefined) traffic.connections = own?.size ?? 0
    if (own?.size === 0) {
      this.#byTenant.delete(tenant)
      this.#clusterOf.delete(tenant)
    }
  }

  #tick(): void {
    const nowMs = Date.now()
    for (const connection of this.#all) connection.tick(nowMs)
    for (const seen of this.#allowances.throttling(nowMs)) this.#journal.note(seen, nowMs)
  }

  #logEnd(connection: ClientConnection, error: KaasError): void {
    const { arrival, openedAtMs, serving } = connection
    const fields = {
      connection: arrival.id,
      trace: arrival.trace,
      remote: arrival.remote,
      tenant: serving?.tenant.name,
      user: serving?.user,
      seconds: (Date.now() - openedAtMs) / 1000,
    }
    this.#log.info({ ...fields, reason: error.code, detail: error.message }, 'a connection ended')
  }
}

function allTaken({ name, limits }: SnapshotTenant, here: number): KaasError {
  return new KaasError('limit-exceeded', {
    message: `Tenant "${name}" has all its ${limits.connections} connections; ${here} of them are at this gateway.`,
    help: 'Close clients that are not needed, or order more connections for the tenant.',
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
