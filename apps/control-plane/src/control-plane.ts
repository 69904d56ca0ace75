// SPDX-License-Identifier: Apache-2.0
/**
 * The control plane put together: store, reconciler, snapshot, API. Started in the order in which they need each other and stopped
 * in the opposite one. Reads no environment and no file of its own.
 */
import { KaasError } from '@kaas/errors'
import { openStore, type Store, type StoreOptions } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import type { FastifyInstance } from 'fastify'
import { EventHub } from './events/event-hub.ts'
import { startSnapshotPublisher } from './gateway-snapshot/snapshot-publisher.ts'
import { keepHistoryShort } from './keep-history-short.ts'
import { createMetrics } from './metrics.ts'
import { startReconciler } from './reconciler/start-reconciler.ts'
import type { Tokens } from './routes/principals.ts'
import { addSnapshotRoute } from './routes/snapshot-route.ts'
import { buildServer, closeServer } from './server.ts'
import { ensureDefaults } from './services/ensure-defaults.ts'
import { Placements } from './tenants/placements.ts'

/** Everything that a control plane is told. */
export interface ControlPlaneOptions {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly store: StoreOptions
  readonly tokens: Tokens
  readonly clustersFile?: string | undefined
  readonly bootstrapAddress?: string | undefined
  readonly eventsKeptMs: number
  readonly auditKeptMs: number
  readonly log: Log
}

/** A running control plane. */
export interface ControlPlane {
  /** Where the API is: `http://127.0.0.1:8080`. */
  readonly url: string
  /** Answers what is under way, ends streams and runs, closes the store. Only the first call does something. */
  close(): Promise<void>
}

/** Starts; resolves when the API answers. What was opened before a failure is closed again. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const stops: (() => unknown)[] = []
  const closeAll = async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop()
  }
  try {
    const store = await openStore(options.store)
    stops.push(() => store.close())
    return { url: await startParts(options, store, stops), close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Each part pushes how to stop it; the last one pushed stops first. */
async function startParts(options: ControlPlaneOptions, store: Store, stops: (() => unknown)[]): Promise<string> {
  const { log, tokens, bootstrapAddress } = options
  stops.push(keepHistoryShort(store, { eventsMs: options.eventsKeptMs, auditMs: options.auditKeptMs }, log))
  const services = { store, placements: new Placements(store), log }
  await ensureDefaults(services, options.clustersFile)
  const publisher = await startSnapshotPublisher({ store, log: log.child({ part: 'snapshot' }) })
  stops.push(() => publisher.stop())
  const { placements } = services
  const reconciler = startReconciler({ store, placements, log: log.child({ part: 'reconciler' }), snapshot: publisher })
  stops.push(() => reconciler.stop())
  const hub = await EventHub.open(store, log)
  const server = buildServer({ services, tokens, hub, metrics: createMetrics(), log, bootstrapAddress })
  stops.push(() => closeServer(server))
  const endSnapshots = addSnapshotRoute(server, publisher)
  stops.push(() => {
    hub.close()
    endSnapshots()
  })
  return await listen(server, options.host, options.port)
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause
    throw new KaasError('port-taken', {
      message: `The API cannot listen on ${host}:${port} (${String(cause.code)}).`,
      help: 'Stop what uses the port, or set KAAS_API_PORT to another one.',
      cause,
    })
  }
}
