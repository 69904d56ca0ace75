// SPDX-License-Identifier: Apache-2.0
/** The HTTP server of the API: who may come in, which routes there are, how failures leave. No rule of the product is here. */
import { randomUUID } from 'node:crypto'
import type { Log } from '@kaas/telemetry'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { EventHub } from './events/event-hub.ts'
import { measureRequests } from './metrics.ts'
import { openRights } from './rights/rights.ts'
import { addAuditRoutes } from './routes/audit-routes.ts'
import { addCredentialRoutes } from './routes/credential-routes.ts'
import { addDedicatedRoutes } from './routes/dedicated-routes.ts'
import { Denials } from './routes/denials.ts'
import { answerFrameworkError, failureRecorder, handleErrors } from './routes/error-handler.ts'
import { addEventRoute } from './routes/event-route.ts'
import { addHealthRoutes } from './routes/health-routes.ts'
import { addOpenApiRoute } from './routes/openapi-route.ts'
import { addPeopleRoutes } from './routes/people-routes.ts'
import { addPlanRoute } from './routes/plan-route.ts'
import { addPolicyRoutes } from './routes/policy-routes.ts'
import { authenticator, type Tokens } from './routes/principals.ts'
import { recogniseCallers } from './routes/recognise-callers.ts'
import { resourceRenderer } from './routes/render-resource.ts'
import { addResourceRoutes } from './routes/resource-routes.ts'
import { addRightsRoutes } from './routes/rights-routes.ts'
import { addShareRoutes } from './routes/share-routes.ts'
import type { ServiceParts } from './services/service-parts.ts'
import { NO_SIGN_IN, type SignInOptions, signInParts } from './sign-in/sign-in-parts.ts'

/** Bytes of a request's body; a document is a few kilobytes. */
const LARGEST_BODY = 1024 * 1024
/** From the first byte of a request to its last. Streams are answers and are not bound by it. */
const REQUEST_TIMEOUT_MS = 15_000

/** Beyond it new connections are closed at once: descriptors are left for the database and Kafka. */
const MOST_CONNECTIONS = 4096

/** How long answers under way may take when the server stops. */
const CLOSE_GRACE_MS = 3_000

/** What the server needs beside the services. */
export interface ServerParts {
  readonly services: ServiceParts
  readonly tokens: Tokens
  readonly hub: EventHub
  readonly metrics: Registry
  readonly log: Log
  readonly bootstrapAddress?: string | undefined
  /** Absent, nobody can sign in; tokens of files go on. */
  readonly signIn?: SignInOptions | undefined
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[] | undefined
}

/** A server with all routes, not yet listening. More routes may be added before it listens; they need a token as well. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const { services, tokens, hub, metrics, log, bootstrapAddress } = parts
  const server = Fastify({
    bodyLimit: LARGEST_BODY,
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Answers end before the server closes; streams are ended by the hub.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: answerFrameworkError,
    trustProxy: [...(parts.trustedProxies ?? [])],
  })
  server.server.maxConnections = MOST_CONNECTIONS
  server.decorate('rights', openRights(services.store))
  server.decorateRequest('admission', undefined)
  const signIn = signInParts(services.store, parts.signIn ?? NO_SIGN_IN)
  recogniseCallers(server, authenticator(tokens), signIn)
  measureRequests(server, metrics)
  const recordFailure = failureRecorder(log, new Denials(services.store, log))
  handleErrors(server, recordFailure)
  addPeopleRoutes(server, { signIn, rights: server.rights, recordFailure })
  addHealthRoutes(server, services.store, metrics)
  addOpenApiRoute(server)
  addResourceRoutes(server, services, resourceRenderer(bootstrapAddress))
  addCredentialRoutes(server, services)
  addDedicatedRoutes(server, services)
  addPlanRoute(server, services)
  addEventRoute(server, hub)
  addAuditRoutes(server, services)
  addPolicyRoutes(server, services)
  addShareRoutes(server, services)
  addRightsRoutes(server, server.rights)
  return server
}

/** Stops: new connections are refused, what is being answered may end, and what is left open after a while is cut. */
export async function closeServer(server: FastifyInstance): Promise<void> {
  // A connection on which nothing was ever asked counts as busy for Node.
  const timer = setTimeout(() => server.server.closeAllConnections(), CLOSE_GRACE_MS)
  await server.close()
  clearTimeout(timer)
}
