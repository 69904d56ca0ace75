// SPDX-License-Identifier: Apache-2.0
/** One request for every route of the API and every place: what the matrix of rights asks. Nothing that is asked changes anything. */
import { RESOURCE_KINDS, type ResourceKind } from '@kaas/domain'
import { allRoutes, type FIXED_ROUTES, type Route } from '@kaas/http-contract'
import { WORKLOAD } from './start-rights.ts'

/** Names of one of three places: a team of her own, another team, and one that is not there. */
export interface Place {
  readonly name: 'own' | 'other' | 'absent'
  readonly team: string
  readonly tenant: string
  readonly binding: string
  /** Of kinds that belong to no team: there is one, or there is none. */
  readonly unowned: string
  /** Id of the only password of the user `app`. */
  readonly credential: string
}

/** A request. */
export interface Asked {
  readonly route: Route
  /** Undefined for routes that are the same everywhere. */
  readonly place: Place | undefined
  readonly path: string
  readonly body?: unknown
}

/** Query and body of a route. */
interface Ask {
  readonly query?: string
  readonly body?: unknown
  /** Asked once, although its body could name a place. */
  readonly placed?: boolean
}

/** All requests, in the order of routes; only the end of a password comes before others are made. */
export function allQuestions(places: readonly Place[]): readonly Asked[] {
  const routes = allRoutes().toSorted((a, b) => Number(b.id === 'endCredential') - Number(a.id === 'endCredential'))
  return routes.flatMap((route) => {
    const isPlaced = /\{(tenant|name)\}/.test(route.path) || askOf(route, places[0] as Place).placed === true
    return (isPlaced ? places : places.slice(0, 1)).map((place) => questionOf(route, place, isPlaced))
  })
}

function questionOf(route: Route, place: Place, isPlaced: boolean): Asked {
  const { query, body } = askOf(route, place)
  const path = `${pathOf(route, place)}${query === undefined ? '' : `?${query}`}`
  return { route, place: isPlaced ? place : undefined, path, ...(body === undefined ? {} : { body }) }
}

function pathOf({ path, kind }: Route, place: Place): string {
  const values: Readonly<Record<string, string>> = {
    tenant: place.tenant,
    name: nameOf(path, kind, place),
    id: place.credential,
    provider: 'none',
    group: 'readers',
    partition: '0',
    offset: '0',
    cluster: 'management',
  }
  return path.replace(/\{(\w+)\}/g, (_, part: string) => {
    const value = values[part]
    if (value === undefined) throw new Error(`The matrix has no value for {${part}} of ${path}.`)
    return value
  })
}

function nameOf(path: string, kind: ResourceKind | undefined, place: Place): string {
  if (path.includes('/users/')) return 'app'
  if (path.includes('/topics/')) return 'events'
  if (path.includes('/shares/')) return 'happenings'
  if (kind === 'Team') return place.team
  if (kind === 'Tenant') return place.tenant
  return kind === 'RoleBinding' ? place.binding : place.unowned
}

function askOf(route: Route, place: Place): Ask {
  const { kind, method, id } = route
  if (kind !== undefined) return method === 'GET' ? {} : ofKind(kind, method, place)
  const ask = ASKS[id as keyof typeof FIXED_ROUTES] as Ask | ((place: Place) => Ask) | undefined
  if (ask === undefined) throw new Error(`The matrix does not ask ${id}.`)
  return typeof ask === 'function' ? ask(place) : ask
}

function ofKind(kind: ResourceKind, method: Route['method'], place: Place): Ask {
  if (method === 'DELETE') return { query: 'dryRun=true' }
  const { plural, scope } = RESOURCE_KINDS[kind]
  const name = nameOf(scope === 'tenant' ? `/${plural}/` : '', kind, place)
  const metadata = scope === 'tenant' ? { name, tenant: place.tenant } : { name }
  return { query: 'dryRun=true', body: { apiVersion: 'kaas.dev/v1', kind, metadata, spec: SPECS[kind](place) } }
}

const SPECS: { readonly [K in ResourceKind]: (place: Place) => object } = {
  KafkaCluster: () => ({ bootstrapServers: ['127.0.0.1:9'] }),
  Team: () => ({ members: ['eve'] }),
  Role: () => ({ rules: [{ verbs: ['read'], kinds: ['Topic'] }] }),
  Policy: () => ({ appliesTo: { kinds: ['Topic'] }, rules: [{ allowWhen: 'true', message: 'never' }] }),
  Tenant: ({ team }) => ({ team, workload: WORKLOAD }),
  Topic: () => ({}),
  User: () => ({}),
  TopicShare: ({ tenant }) => ({ topic: 'sales', with: tenant, as: 'happenings' }),
  RoleBinding: ({ team }) => ({ role: 'team-viewer', subjects: { people: ['eve'] }, scope: { team } }),
}

const document = ({ tenant, team }: Place) => ({
  apiVersion: 'kaas.dev/v1',
  kind: 'Tenant',
  metadata: { name: tenant },
  spec: { team, workload: WORKLOAD },
})
const policy = {
  apiVersion: 'kaas.dev/v1',
  kind: 'Policy',
  metadata: { name: 'tried' },
  spec: { appliesTo: { kinds: ['Topic'] }, rules: [{ allowWhen: 'true', message: 'never' }] },
}

/** The compiler demands a line for every route that is not of a kind. */
const ASKS: { readonly [K in keyof typeof FIXED_ROUTES]: Ask | ((place: Place) => Ask) } = {
  gatewaySnapshot: {},
  gatewayLoad: { body: { node: 'matrix', tenants: [] } },
  kubernetesAudit: { body: { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: [] } },
  gatewayAudit: { body: { node: 'matrix', events: [] } },
  plan: { body: { workload: WORKLOAD } },
  planChange: (place) => ({ placed: true, body: { document: document(place) } }),
  connection: {},
  kubeconfig: {},
  purgeTenant: { body: { confirm: 'something else' } },
  rotateCredentials: {},
  listCredentials: {},
  endCredential: {},
  events: {},
  listKafkaTopics: {},
  topicPartitions: {},
  topicSettings: {},
  topicGroups: {},
  listGroups: {},
  group: {},
  resetOffsets: { query: 'dryRun=true', body: { to: { kind: 'earliest' } } },
  deleteGroup: {},
  series: { query: 'metrics=produceBytesPerSecond' },
  clusterViews: {},
  platformHealth: {},
  userAccess: {},
  checkAccess: { body: { operation: 'read', resource: 'topic', name: 'events' } },
  testConnection: { body: { password: 'no password of hers' } },
  browseMessages: {},
  searchMessages: { body: {} },
  exportMessages: {},
  exportSearch: { body: {} },
  readMessage: {},
  produceMessages: { body: { records: [{ value: { encoding: 'text', data: 'x' } }] } },
  listTokens: { query: 'all=true' },
  createToken: ({ team }) => ({
    placed: true,
    body: { name: 'x', kind: 'machine', role: 'team-viewer', scope: { team }, expiresIn: '1h' },
  }),
  endToken: {},
  audit: { query: 'limit=1000' },
  exportAudit: {},
  checkAudit: {},
  signInOptions: {},
  signInByPassword: { body: { name: 'administrator', password: 'wrong' } },
  signInAtProvider: {},
  signInCallback: {},
  session: {},
  signOut: {},
  listSessions: { query: 'person=*' },
  endSession: {},
  startDeviceSignIn: {},
  confirmDeviceSignIn: { body: { userCode: 'ABCD-EFGH', approve: false } },
  finishDeviceSignIn: { body: { deviceCode: 'none' } },
  explainRight: ({ tenant }) => ({ placed: true, body: { person: 'ada', verb: 'read', kind: 'Topic', tenant } }),
  listPeople: {},
  forgetPerson: {},
  shippedRoles: {},
  tryPolicy: { body: { policy } },
  receivedShares: {},
}
