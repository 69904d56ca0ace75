// SPDX-License-Identifier: Apache-2.0
/** What a table shows of each kind. Kinds that this version does not know get name, readiness and age. */
import type { KindDescription, ResourceAnswer } from '@kaas/http-contract'
import { renderAgo } from './ago.ts'
import { type Column, renderTable } from './table.ts'

type Columns = readonly Column<ResourceAnswer>[]

/** The table of resources of one kind. */
export function renderResources(
  resources: readonly ResourceAnswer[],
  kind: KindDescription,
  view: { readonly width: number | undefined; readonly nowMs: number; readonly withTenant: boolean },
): string {
  const columns: Columns = [
    ...(view.withTenant && kind.scope === 'tenant' ? [column('TENANT', ({ metadata }) => metadata.tenant)] : []),
    column('NAME', ({ metadata }) => metadata.name),
    ...(COLUMNS[kind.kind] ?? []),
    column('READY', readinessOf),
    column('AGE', ({ metadata }) => renderAgo(metadata.createdAt, view.nowMs)),
  ]
  return renderTable(resources, columns, view.width)
}

/** `True`, `False (KafkaUnavailable)`, `Deleting`, or `Unknown` before anything was said. */
export function readinessOf(resource: ResourceAnswer): string {
  if (resource.metadata.deletionRequestedAt !== undefined) return 'Deleting'
  const ready = resource.status?.conditions.find(({ type }) => type === 'Ready')
  if (ready === undefined) return 'Unknown'
  return ready.status === 'True' ? 'True' : `${ready.status} (${ready.reason})`
}

const COLUMNS: Readonly<Record<string, Columns>> = {
  Tenant: [
    column('TEAM', ({ spec }) => spec.team),
    column('ENVIRONMENT', ({ spec }) => spec.environment),
    column('ISOLATION', ({ spec }) => spec.isolation),
    column('PRODUCE', (tenant) => at(tenant, 'workload', 'produce'), 'right'),
    column('CONSUME', consumeOf, 'right'),
    column('RETENTION', (tenant) => at(tenant, 'workload', 'retention'), 'right'),
  ],
  Topic: [
    column('PARTITIONS', ({ spec }) => spec.partitions, 'right'),
    column('CONFIG', ({ spec }) => pairs(spec.config)),
    column('DESCRIPTION', ({ spec }) => spec.description),
  ],
  User: [column('AUTHENTICATION', ({ spec }) => spec.authentication), column('ROLES', ({ spec }) => list(spec.roles))],
  KafkaCluster: [
    column('ENGINE', ({ spec }) => spec.engine),
    column('BOOTSTRAP', ({ spec }) => list(spec.bootstrapServers)),
  ],
  Team: [column('MEMBERS', ({ spec }) => list(spec.members)), column('GROUPS', ({ spec }) => list(spec.externalGroups))],
}

function column(
  title: string,
  value: (resource: ResourceAnswer) => unknown,
  align: 'left' | 'right' = 'left',
): Column<ResourceAnswer> {
  return { title, align, cell: (resource) => textOf(value(resource)) }
}

function consumeOf(tenant: ResourceAnswer): unknown {
  const fanOut = at(tenant, 'workload', 'fanOut')
  return at(tenant, 'workload', 'consume') ?? (fanOut === undefined ? at(tenant, 'workload', 'produce') : `× ${fanOut}`)
}

function at(resource: ResourceAnswer, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), resource.spec)
}

function pairs(value: unknown): string {
  return isRecord(value)
    ? Object.entries(value)
        .map(([name, each]) => `${name}=${textOf(each)}`)
        .join(',')
    : ''
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.map(textOf).join(',') : ''
}

function textOf(value: unknown): string {
  return value === undefined || value === null || value === '' ? '-' : String(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
