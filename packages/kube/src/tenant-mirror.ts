// SPDX-License-Identifier: Apache-2.0
/**
 * The custom resource `Tenant`: shows people who live in kubectl what the API shows. Only the control plane writes it; changing it changes
 * nothing. It lies in the tenant's namespace, so that a team sees its own, and goes with it.
 */
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import type { ClusterWatch, WatchedKind } from './cluster-watch.ts'

/** The kind, to be watched with the others: then nothing is written that is there already. */
export const TENANT_KIND: WatchedKind = { apiVersion: 'kaas.dev/v1', kind: 'Tenant', plural: 'tenants' }

/** A condition as it is mirrored. */
export interface MirroredCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
  /** RFC 3339. */
  readonly lastTransitionTime: string
  readonly observedGeneration?: number | undefined
}

/** What is mirrored of a tenant. */
export interface TenantMirror {
  readonly tenant: string
  readonly labels: Readonly<Record<string, string>>
  readonly spec: {
    readonly team: string
    readonly environment: string
    readonly isolation: string
    readonly management: string
  }
  readonly status: {
    readonly observedGeneration: number
    /** The step that runs now, as `kafka: running`; absent when all are done. */
    readonly step?: string | undefined
    /** Bootstrap servers; absent until there are some. */
    readonly endpoint?: string | undefined
    readonly conditions: readonly MirroredCondition[]
  }
}

/** Longer messages are cut: the whole of an object must fit into etcd. */
const LONGEST_MESSAGE = 4096

/**
 * Writes the mirror, unless it is so already. Without the tenant's namespace there is nothing to write into, and nothing happens. Throws
 * `kubernetes-unavailable`, `kubernetes-refused`.
 */
export async function mirrorTenant(watch: ClusterWatch, mirror: TenantMirror): Promise<void> {
  const namespace = `kaas-${mirror.tenant}`
  const seen = watch.objectsOf(mirror.tenant)
  if (
    !seen.some(({ kind, name, deletingSince }) => kind === 'Namespace' && name === namespace && deletingSince === undefined)
  )
    return
  const { apiVersion, kind } = TENANT_KIND
  const { spec, status } = JSON.parse(JSON.stringify({ spec: mirror.spec, status: withShortMessages(mirror.status) }))
  const labels = { ...mirror.labels, 'kaas.dev/tenant': mirror.tenant }
  const before = seen.find((object) => object.apiVersion === apiVersion && object.kind === kind)
  if (!isDeepStrictEqual({ spec: before?.spec, labels: before?.labels }, { spec, labels })) {
    await watch.apply({ apiVersion, kind, metadata: { name: mirror.tenant, namespace, labels }, spec })
  }
  if (isDeepStrictEqual(before?.status, status)) return
  await watch.applyStatus({ apiVersion, kind, metadata: { name: mirror.tenant, namespace }, status })
}

function withShortMessages(status: TenantMirror['status']): TenantMirror['status'] {
  const conditions = status.conditions.map((condition) => ({
    ...condition,
    message: condition.message.slice(0, LONGEST_MESSAGE),
  }))
  return { ...status, conditions }
}

/** The definition (CRD) as YAML. The same bytes lie in `charts/control-plane/crds/`; a test keeps them equal. */
export function tenantDefinition(): string {
  const { plural, kind } = TENANT_KIND
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.kaas.dev`, labels: { 'app.kubernetes.io/managed-by': 'kaas' } },
    spec: {
      group: 'kaas.dev',
      scope: 'Namespaced',
      names: { plural, singular: 'tenant', kind, listKind: `${kind}List`, categories: ['kaas'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: COLUMNS,
          schema: { openAPIV3Schema: SCHEMA },
        },
      ],
    },
  }
  return stringify(definition, { lineWidth: 0 })
}

const COLUMNS = [
  { name: 'Team', type: 'string', jsonPath: '.spec.team' },
  { name: 'Isolation', type: 'string', jsonPath: '.spec.isolation' },
  { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Step', type: 'string', jsonPath: '.status.step' },
  { name: 'Endpoint', type: 'string', jsonPath: '.status.endpoint' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
]

const TEXT = { type: 'string', maxLength: 253 }

const CONDITION = {
  type: 'object',
  required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
  properties: {
    type: TEXT,
    status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
    reason: TEXT,
    message: { type: 'string', maxLength: LONGEST_MESSAGE },
    lastTransitionTime: { type: 'string', format: 'date-time' },
    observedGeneration: { type: 'integer', format: 'int64' },
  },
}

const SCHEMA = {
  type: 'object',
  description:
    'What the control plane of KaaS says of a tenant. Changing it here changes nothing: use kaas, or the repository of tenants.',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['team', 'environment', 'isolation', 'management'],
      properties: { team: TEXT, environment: TEXT, isolation: TEXT, management: TEXT },
    },
    status: {
      type: 'object',
      properties: {
        observedGeneration: { type: 'integer', format: 'int64' },
        step: {
          type: 'string',
          description: 'The step that runs now; absent when all are done.',
          maxLength: LONGEST_MESSAGE,
        },
        endpoint: { type: 'string', description: 'Bootstrap servers for Kafka clients.', maxLength: LONGEST_MESSAGE },
        conditions: {
          type: 'array',
          maxItems: 64,
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['type'],
          items: CONDITION,
        },
      },
    },
  },
}
