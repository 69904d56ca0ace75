// SPDX-License-Identifier: Apache-2.0
/** Every route of the API. A new kind in `RESOURCE_KINDS` gets its five routes here without a change. */
import { KIND_NAMES, planRequestSchema, planSchema, RESOURCE_KINDS, type ResourceKind } from '@kaas/domain'
import { z } from 'zod'
import { GATEWAY_ROUTES } from './gateway-routes.ts'
import { ACCESS_ROUTES } from './kafka/access.ts'
import { GROUP_ROUTES } from './kafka/groups.ts'
import { MESSAGE_ROUTES } from './kafka/messages.ts'
import { PLATFORM_ROUTES } from './kafka/platform.ts'
import { SERIES_ROUTES } from './kafka/series.ts'
import { TOPIC_VIEW_ROUTES } from './kafka/topic-views.ts'
import { KUBERNETES_ROUTES } from './kubernetes-routes.ts'
import { AUDIT_ROUTES } from './people/audit.ts'
import { POLICY_ROUTES } from './people/policies.ts'
import { RIGHTS_ROUTES } from './people/rights.ts'
import { SIGN_IN_ROUTES } from './people/sign-in.ts'
import { TOKEN_ROUTES } from './people/tokens.ts'
import { deleteQuerySchema, eventsQuerySchema, listQuerySchema, rotateQuerySchema, writeQuerySchema } from './query.ts'
import { SHARE_ROUTES } from './received-shares.ts'
import {
  credentialSummarySchema,
  deleteAnswerSchema,
  eventSchema,
  issuedCredentialsSchema,
  putAnswerSchema,
  resourceAnswerSchema,
} from './resource-answer.ts'
import type { Route } from './route.ts'
import {
  connectionSchema,
  kubeconfigAnswerSchema,
  planChangeAnswerSchema,
  planChangeRequestSchema,
  purgeAnswerSchema,
  purgeRequestSchema,
} from './tenant-life.ts'

const name = z.string().min(1)
const userParams = z.object({ tenant: name, name })
const credentials = '/v1/tenants/{tenant}/users/{name}/credentials'

/** The routes that are not about one kind. */
export const FIXED_ROUTES = {
  plan: {
    id: 'plan',
    method: 'POST',
    path: '/v1/plan',
    summary: 'What a workload would get, and which constraint binds. Changes nothing.',
    access: 'granted',
    right: { verb: 'read', kind: 'Plan' },
    body: planRequestSchema,
    answers: { 200: planSchema },
  },
  planChange: {
    id: 'planChange',
    method: 'POST',
    path: '/v1/plan/change',
    summary:
      'What a document would change of a tenant: what differs, what restarts, how long, what it costs. Changes nothing.',
    access: 'granted',
    right: { verb: 'read', kind: 'Plan' },
    body: planChangeRequestSchema,
    answers: { 200: planChangeAnswerSchema },
  },
  connection: {
    id: 'connection',
    method: 'GET',
    path: '/v1/tenants/{tenant}/users/{name}/connection',
    summary: 'Endpoint, CA and log-in of a user. Audited; may hold a secret.',
    access: 'granted',
    right: { verb: 'read', kind: 'Credential' },
    params: userParams,
    answers: { 200: connectionSchema },
  },
  kubeconfig: {
    id: 'kubeconfig',
    method: 'GET',
    path: '/v1/tenants/{tenant}/kubeconfig',
    summary: 'How people reach a tenant with Kafka of its own by kubectl. Holds no secret.',
    access: 'granted',
    right: { verb: 'read', kind: 'Tenant' },
    params: z.object({ tenant: name }),
    answers: { 200: kubeconfigAnswerSchema },
  },
  purgeTenant: {
    id: 'purgeTenant',
    method: 'POST',
    path: '/v1/tenants/{tenant}/purge',
    summary: 'Gives up the data that was kept when a tenant with an own cluster was deleted.',
    access: 'granted',
    right: { verb: 'delete', kind: 'Tenant' },
    params: z.object({ tenant: name }),
    body: purgeRequestSchema,
    answers: { 200: purgeAnswerSchema },
  },
  rotateCredentials: {
    id: 'rotateCredentials',
    method: 'POST',
    path: credentials,
    summary: 'Makes a new password for a user. The one before stays valid, on the other SCRAM mechanism, until it is ended.',
    access: 'granted',
    right: { verb: 'write', kind: 'Credential' },
    params: userParams,
    query: rotateQuerySchema,
    answers: { 201: issuedCredentialsSchema },
  },
  listCredentials: {
    id: 'listCredentials',
    method: 'GET',
    path: credentials,
    summary: 'The valid passwords of a user, without their values, newest first.',
    access: 'granted',
    right: { verb: 'read', kind: 'User' },
    params: userParams,
    answers: { 200: z.object({ items: z.array(credentialSummarySchema) }) },
  },
  endCredential: {
    id: 'endCredential',
    method: 'DELETE',
    path: `${credentials}/{id}`,
    summary: 'Ends one password. The last one stays: delete the user instead.',
    access: 'granted',
    right: { verb: 'write', kind: 'Credential' },
    params: userParams.extend({ id: z.string() }),
    answers: { 200: z.object({ items: z.array(credentialSummarySchema) }) },
  },
  events: {
    id: 'events',
    method: 'GET',
    path: '/v1/events',
    summary: 'What happens to resources, as it happens.',
    access: 'signed-in',
    query: eventsQuerySchema,
    answers: { 200: eventSchema },
    stream: true,
  },
  ...GATEWAY_ROUTES,
  ...KUBERNETES_ROUTES,
  ...SIGN_IN_ROUTES,
  ...TOKEN_ROUTES,
  ...RIGHTS_ROUTES,
  ...AUDIT_ROUTES,
  ...POLICY_ROUTES,
  ...SHARE_ROUTES,
  ...TOPIC_VIEW_ROUTES,
  ...GROUP_ROUTES,
  ...ACCESS_ROUTES,
  ...SERIES_ROUTES,
  ...MESSAGE_ROUTES,
  ...PLATFORM_ROUTES,
} as const satisfies Record<string, Route>

/** The routes of one kind, by verb. `listAll` is there for kinds that live in a tenant: it lists over all tenants. */
export interface KindRoutes {
  readonly put: Route
  readonly get: Route
  readonly delete: Route
  readonly list: Route
  readonly listAll?: Route
}

/** The routes of `kind`. */
export function routesOfKind(kind: ResourceKind): KindRoutes {
  return { ...routesOfOne(kind), ...routesOfMany(kind) }
}

function routesOfOne(kind: ResourceKind): Pick<KindRoutes, 'put' | 'get' | 'delete'> {
  const { path, params } = collectionOf(kind)
  const resource = resourceAnswerSchema(kind)
  const common = { kind, access: 'granted', path: `${path}/{name}`, params: params.extend({ name }) } as const
  const put = putAnswerSchema.extend({ resource })
  const removed = deleteAnswerSchema.extend({ resource })
  return {
    put: {
      ...common,
      id: `put${kind}`,
      method: 'PUT',
      right: { verb: 'write', kind },
      summary: `Makes or changes a ${kind}.`,
      query: writeQuerySchema,
      body: RESOURCE_KINDS[kind].schema,
      answers: { 200: put, 201: put },
    },
    get: {
      ...common,
      id: `get${kind}`,
      method: 'GET',
      right: { verb: 'read', kind },
      summary: `One ${kind}.`,
      answers: { 200: resource },
    },
    delete: {
      ...common,
      id: `delete${kind}`,
      method: 'DELETE',
      right: { verb: 'delete', kind },
      summary: `Asks for the deletion of a ${kind}.`,
      query: deleteQuerySchema,
      answers: { 200: removed, 202: removed },
    },
  }
}

function routesOfMany(kind: ResourceKind): Pick<KindRoutes, 'list' | 'listAll'> {
  const { plural, scope } = RESOURCE_KINDS[kind]
  const { path, params } = collectionOf(kind)
  const page = z.object({ items: z.array(resourceAnswerSchema(kind)), next: z.string().optional() })
  // Everybody may ask; the list holds what she may see.
  const common = { kind, access: 'signed-in', method: 'GET', query: listQuerySchema, answers: { 200: page } } as const
  const list = { ...common, id: `list${kind}`, path, params, summary: `A page of ${plural}.` }
  if (scope === 'platform') return { list }
  const summary = `A page of ${plural} of all tenants.`
  return { list, listAll: { ...common, id: `listAll${kind}`, path: `/v1/${plural}`, summary } }
}

/** The collection of a kind, below its tenant when it lives in one. */
function collectionOf(kind: ResourceKind): { readonly path: string; readonly params: z.ZodObject } {
  const { plural, scope } = RESOURCE_KINDS[kind]
  if (scope === 'platform') return { path: `/v1/${plural}`, params: z.object({}) }
  return { path: `/v1/tenants/{tenant}/${plural}`, params: z.object({ tenant: name }) }
}

/** All routes, for the reference and for tests that go through all of them. */
export function allRoutes(): readonly Route[] {
  return [
    ...KIND_NAMES.flatMap((kind) => Object.values(routesOfKind(kind)) as readonly Route[]),
    ...Object.values(FIXED_ROUTES),
  ]
}
