// SPDX-License-Identifier: Apache-2.0
/**
 * The client of the API, for the command line and the console. It knows the paths and shapes of the contract, turns problem
 * documents back into KaasErrors, and leaves time-outs to the caller's `signal`.
 */
import { type Plan, type PlanRequest, planSchema } from '@kaas/domain'
import { z } from 'zod'
import { type Call, type CheckedCall, type ClientOptions, callApi, callStream } from './call-api.ts'
import { type AccessCalls, accessCalls } from './kafka/access.ts'
import { type GroupCalls, groupCalls } from './kafka/groups.ts'
import { type MessageCalls, messageCalls } from './kafka/messages.ts'
import { type PlatformCalls, platformCalls } from './kafka/platform.ts'
import { type SeriesCalls, seriesCalls } from './kafka/series.ts'
import { type TopicViewCalls, topicViewCalls } from './kafka/topic-views.ts'
import { collectionPath, type KindDescription, kindsIn, resourcePath } from './kind-description.ts'
import { type AuditCalls, auditCalls } from './people/audit.ts'
import { type PolicyCalls, policyCalls } from './people/policies.ts'
import { type RightsCalls, rightsCalls } from './people/rights.ts'
import { type SignInCalls, signInCalls } from './people/sign-in.ts'
import { type TokenCalls, tokenCalls } from './people/tokens.ts'
import { type ShareCalls, shareCalls } from './received-shares.ts'
import {
  anyResourceSchema,
  type CredentialAnswer,
  credentialSummarySchema,
  type DeleteAnswer,
  deleteAnswerSchema,
  type EventAnswer,
  eventSchema,
  type IssuedCredentials,
  issuedCredentialsSchema,
  type ListAnswer,
  listAnswerSchema,
  type PutAnswer,
  putAnswerSchema,
  type ResourceAnswer,
} from './resource-answer.ts'
import {
  type ConnectionAnswer,
  connectionSchema,
  type KubeconfigAnswer,
  kubeconfigAnswerSchema,
  type PlanChangeAnswer,
  type PurgeAnswer,
  planChangeAnswerSchema,
  purgeAnswerSchema,
} from './tenant-life.ts'

/** Names a resource to the client; `kind` comes from `KNOWN_KINDS` or from the server's `kinds()`. */
export interface ResourceName {
  readonly kind: KindDescription
  readonly name: string
  readonly tenant?: string
}

/** How to write. */
export interface WriteOptions {
  readonly dryRun?: boolean
  /** The write is refused with `resource-changed` unless the stored generation is this; 0: must not exist yet. */
  readonly expectedGeneration?: number
}

/** Which page of which list. */
export interface ListOptions {
  readonly tenant?: string
  readonly limit?: number
  readonly cursor?: string
  readonly sort?: string
  readonly filter?: string
}

/** Which part of the event stream. */
export interface EventOptions {
  /** Start after this sequence; from now on when absent. */
  readonly after?: number
  readonly kind?: string
  readonly tenant?: string
  readonly name?: string
  /** Called once when the server has accepted the stream: nothing that happens from then on is missed. */
  readonly onOpen?: () => void
}

/** Every method throws the KaasError that the server answered, or `api-unavailable` when it cannot be reached. */
export interface ApiClient
  extends SignInCalls,
    TokenCalls,
    RightsCalls,
    AuditCalls,
    PolicyCalls,
    TopicViewCalls,
    GroupCalls,
    AccessCalls,
    ShareCalls,
    SeriesCalls,
    MessageCalls,
    PlatformCalls {
  /** The kinds that this server has. */
  kinds(): Promise<readonly KindDescription[]>
  get(resource: ResourceName): Promise<ResourceAnswer>
  list(kind: KindDescription, options?: ListOptions): Promise<ListAnswer>
  /** All pages, one resource after the other. */
  listAll(kind: KindDescription, options?: ListOptions): AsyncGenerator<ResourceAnswer>
  /** `document` is a whole document; its kind and names must be those of `resource`. */
  put(resource: ResourceName, document: unknown, options?: WriteOptions): Promise<PutAnswer>
  delete(resource: ResourceName, options?: WriteOptions & { readonly confirm?: string }): Promise<DeleteAnswer>
  plan(request: PlanRequest): Promise<Plan>
  /** What a whole Tenant document would change of the stored tenant, or of nothing. */
  planChange(document: unknown): Promise<PlanChangeAnswer>
  connection(tenant: string, user: string): Promise<ConnectionAnswer>
  /** Of a tenant with Kafka of its own, for people who sign in to Kubernetes. */
  kubeconfig(tenant: string): Promise<KubeconfigAnswer>
  /** `confirm` is the name of the tenant, typed again. */
  purgeTenant(tenant: string, confirm: string): Promise<PurgeAnswer>
  rotateCredentials(tenant: string, user: string, options?: { readonly endOthers?: boolean }): Promise<IssuedCredentials>
  listCredentials(tenant: string, user: string): Promise<readonly CredentialAnswer[]>
  endCredential(tenant: string, user: string, id: string): Promise<readonly CredentialAnswer[]>
  /** Ends when the server ends the stream; call again with the last sequence as `after`. */
  events(options?: EventOptions): AsyncGenerator<EventAnswer>
  openApi(): Promise<unknown>
}

/** A client for one control plane. Holds nothing open between calls. */
export function createClient(options: ClientOptions): ApiClient {
  const call: CheckedCall = (schema, request) => callApi(options, schema, request)
  const list: ApiClient['list'] = (kind, { tenant, ...query } = {}) =>
    call(listAnswerSchema, { path: collectionPath(kind, tenant), query })
  const openApi = () => call(z.unknown(), { path: '/openapi.json' })
  return {
    openApi,
    kinds: async () => kindsIn(await openApi()),
    get: ({ kind, name, tenant }) => call(anyResourceSchema, { path: resourcePath(kind, name, tenant) }),
    list,
    listAll: (kind, query) => allPages(list, kind, query),
    put: ({ kind, name, tenant }, body, { dryRun, expectedGeneration } = {}) =>
      call(putAnswerSchema, {
        method: 'PUT',
        path: resourcePath(kind, name, tenant),
        query: { dryRun },
        body,
        expectedGeneration,
      }),
    delete: ({ kind, name, tenant }, { dryRun, confirm, expectedGeneration } = {}) =>
      call(deleteAnswerSchema, {
        method: 'DELETE',
        path: resourcePath(kind, name, tenant),
        query: { dryRun, confirm },
        expectedGeneration,
      }),
    plan: (body) => call(planSchema, { method: 'POST', path: '/v1/plan', body }),
    ...tenantCalls(call),
    ...peopleCalls(call),
    ...kafkaCalls(call),
    ...messageCalls(call, (request, onOpen) => callStream(options, request, onOpen)),
    events: ({ onOpen, ...query } = {}) => streamEvents(options, query, onOpen),
  }
}

function tenantCalls(
  call: CheckedCall,
): Pick<
  ApiClient,
  'planChange' | 'connection' | 'kubeconfig' | 'purgeTenant' | 'rotateCredentials' | 'listCredentials' | 'endCredential'
> {
  return {
    planChange: (document) => call(planChangeAnswerSchema, { method: 'POST', path: '/v1/plan/change', body: { document } }),
    connection: (tenant, user) => call(connectionSchema, { path: `${userPath(tenant, user)}/connection` }),
    kubeconfig: (tenant) => call(kubeconfigAnswerSchema, { path: `/v1/tenants/${encodeURIComponent(tenant)}/kubeconfig` }),
    purgeTenant: (tenant, confirm) =>
      call(purgeAnswerSchema, {
        method: 'POST',
        path: `/v1/tenants/${encodeURIComponent(tenant)}/purge`,
        body: { confirm },
      }),
    rotateCredentials: (tenant, user, query = {}) =>
      call(issuedCredentialsSchema, { method: 'POST', path: credentials(tenant, user), query }),
    listCredentials: async (tenant, user) => (await call(credentialList, { path: credentials(tenant, user) })).items,
    endCredential: async (tenant, user, id) =>
      (await call(credentialList, { method: 'DELETE', path: `${credentials(tenant, user)}/${encodeURIComponent(id)}` }))
        .items,
  }
}

const credentialList = z.object({ items: z.array(credentialSummarySchema) })

function credentials(tenant: string, user: string): string {
  return `${userPath(tenant, user)}/credentials`
}

function userPath(tenant: string, user: string): string {
  return `/v1/tenants/${encodeURIComponent(tenant)}/users/${encodeURIComponent(user)}`
}

function peopleCalls(call: CheckedCall): SignInCalls & TokenCalls & RightsCalls & AuditCalls & PolicyCalls & ShareCalls {
  return {
    ...signInCalls(call),
    ...tokenCalls(call),
    ...rightsCalls(call),
    ...auditCalls(call),
    ...policyCalls(call),
    ...shareCalls(call),
  }
}

function kafkaCalls(call: CheckedCall): TopicViewCalls & GroupCalls & AccessCalls & SeriesCalls & PlatformCalls {
  return {
    ...topicViewCalls(call),
    ...groupCalls(call),
    ...accessCalls(call),
    ...seriesCalls(call),
    ...platformCalls(call),
  }
}

async function* allPages(
  list: ApiClient['list'],
  kind: KindDescription,
  query: ListOptions = {},
): AsyncGenerator<ResourceAnswer> {
  let cursor = query.cursor
  do {
    const page: ListAnswer = await list(kind, { ...query, ...(cursor === undefined ? {} : { cursor }) })
    yield* page.items
    cursor = page.next
  } while (cursor !== undefined)
}

async function* streamEvents(
  options: ClientOptions,
  query: NonNullable<Call['query']>,
  onOpen?: () => void,
): AsyncGenerator<EventAnswer> {
  for await (const { data } of callStream(options, { path: '/v1/events', query }, onOpen)) {
    yield eventSchema.parse(JSON.parse(data))
  }
}
