// SPDX-License-Identifier: Apache-2.0
/**
 * The control plane put together: store, reconciler, snapshot, API. Started in the order in which they need each other and stopped
 * in the opposite one. Reads no environment and no file of its own.
 */
import { KaasError } from '@kaas/errors'
import { openStore, type Store, type StoreOptions } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { AUDIT_EXPORT, AuditExporter, type AuditExportOptions } from './audit-export/audit-exporter.ts'
import { measureAuditExport } from './audit-export/measure-audit-export.ts'
import { type CodeOptions, openTenantsAsCode } from './code/open-tenants-as-code.ts'
import type { TenantsAsCode } from './code/tenants-as-code.ts'
import { EventHub } from './events/event-hub.ts'
import { startSnapshotPublisher } from './gateway-snapshot/snapshot-publisher.ts'
import { startGitIntake } from './intake/git-intake.ts'
import type { IntakeParts } from './intake/take-over.ts'
import { OwnKafka } from './kafka/own-kafka.ts'
import { keepHistoryShort } from './keep-history-short.ts'
import { DocumentKeeper } from './keeper/document-keeper.ts'
import { KubernetesAudit, type KubernetesAuditOptions } from './kubernetes-audit/kubernetes-audit.ts'
import { Messages } from './messages/messages.ts'
import { createMetrics } from './metrics.ts'
import { startReconciler } from './reconciler/start-reconciler.ts'
import { addViews, type RunningViews, type ViewOptions } from './routes/add-views.ts'
import { addConsoleRoute, addSecurityHeaders } from './routes/console-route.ts'
import { addGatewayRoutes } from './routes/gateway-routes.ts'
import { addKubernetesRoutes } from './routes/kubernetes-routes.ts'
import { addMessageRoutes } from './routes/message-routes.ts'
import type { Tokens } from './routes/principals.ts'
import { buildServer, closeServer } from './server.ts'
import { ensureDefaults } from './services/ensure-defaults.ts'
import type { SignInOptions } from './sign-in/sign-in-parts.ts'
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
  /** How Kafka is looked at and usage is sampled; the defaults when absent. */
  readonly views?: ViewOptions | undefined
  /** Absent, nobody can sign in; tokens of files go on. */
  readonly signIn?: SignInOptions | undefined
  readonly trustedProxies?: readonly string[] | undefined
  /** Of the built console; absent, the API is all. */
  readonly consoleDirectory?: string | undefined
  /** Absent, only virtual tenants can be ordered. */
  readonly code?: CodeOptions | undefined
  readonly eventsKeptMs: number
  readonly auditKeptMs: number
  /** Absent, the audit log stays in the database only. */
  readonly auditExport?: AuditExportOptions | undefined
  /** Absent, audit logs of Kubernetes are not taken. */
  readonly kubernetesAudit?: KubernetesAuditOptions | undefined
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
  const metrics = createMetrics()
  stops.push(keepHistory(options, store))
  const code = openCode(options, store, stops)
  const placements = new Placements(store)
  const ownKafka = new OwnKafka(code)
  const bootstrapOff = options.signIn?.config.bootstrap === 'disabled'
  const bootstrapCaFile = options.views?.bootstrapCaFile
  const services = { store, placements, code, bootstrapAddress, bootstrapCaFile, bootstrapOff, log }
  await ensureDefaults(services, options.clustersFile)
  const publisher = await startSnapshotPublisher({ store, log: log.child({ part: 'snapshot' }) })
  stops.push(() => publisher.stop())
  const part = { store, placements, code, log: log.child({ part: 'reconciler' }) }
  const reconciler = startReconciler({ ...part, snapshot: publisher })
  stops.push(() => reconciler.stop())
  if (code !== undefined) await followGit({ ...services, code }, options, stops)
  const hub = await EventHub.open(store, log)
  const { signIn, trustedProxies } = options
  const server = buildServer({ services, tokens, hub, metrics, log, bootstrapAddress, signIn, trustedProxies })
  const streams = () => publisher.subscribers
  const views = await addViews(server, { services, ownKafka, streams, log: log.child({ part: 'views' }) }, options.views)
  stops.push(() => views.close())
  startAuditExport(options, store, metrics, views, stops)
  stops.push(() => closeServer(server))
  const messages = new Messages(store, ownKafka, log.child({ part: 'messages' }))
  stops.push(() => messages.close())
  addMessageRoutes(server, messages)
  const endSnapshots = addGatewayRoutes(server, publisher, store)
  addKubernetesRoutes(server, openKubernetesAudit(options, store, stops))
  addSecurityHeaders(server)
  if (options.consoleDirectory !== undefined) addConsoleRoute(server, options.consoleDirectory)
  stops.push(() => {
    hub.close()
    endSnapshots()
  })
  return await listen(server, options.host, options.port)
}

/** What is not sent to the topic yet is kept, however old. */
function keepHistory({ eventsKeptMs, auditKeptMs, auditExport, log }: ControlPlaneOptions, store: Store): () => void {
  const sentBy = auditExport === undefined ? {} : { auditSentBy: AUDIT_EXPORT }
  return keepHistoryShort(store, { eventsMs: eventsKeptMs, auditMs: auditKeptMs, ...sentBy }, log)
}

function startAuditExport(
  { auditExport, log }: ControlPlaneOptions,
  store: Store,
  metrics: Registry,
  views: RunningViews,
  stops: (() => unknown)[],
): void {
  if (auditExport === undefined) return
  const exporter = new AuditExporter(store, auditExport, log.child({ part: 'audit-export' }))
  measureAuditExport(exporter, store, metrics)
  views.addHealth({ name: 'audit export', read: async () => [await exporter.health()] })
  stops.push(() => exporter.close())
}

function openKubernetesAudit(
  { kubernetesAudit }: ControlPlaneOptions,
  store: Store,
  stops: (() => unknown)[],
): KubernetesAudit | undefined {
  if (kubernetesAudit === undefined) return undefined
  const audit = new KubernetesAudit(store, kubernetesAudit)
  stops.push(() => audit.close())
  return audit
}

function openCode({ code, log }: ControlPlaneOptions, store: Store, stops: (() => unknown)[]): TenantsAsCode | undefined {
  if (code === undefined) return undefined
  const opened = openTenantsAsCode(code, store, log.child({ part: 'code' }))
  stops.push(() => opened.close())
  return opened
}

/** What others merge is taken over, and what is stored is kept in Git. */
async function followGit(
  parts: Omit<IntakeParts, 'touch'>,
  options: ControlPlaneOptions,
  stops: (() => unknown)[],
): Promise<void> {
  const log = options.log.child({ part: 'git' })
  const keeper = new DocumentKeeper({ store: parts.store, code: parts.code, log })
  stops.push(() => keeper.stop())
  const touch = (tenant: string) => keeper.touch(tenant)
  const intake = await startGitIntake({ ...parts, log, touch }, options.code?.pollMs ?? 5_000)
  stops.push(() => intake.close())
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
