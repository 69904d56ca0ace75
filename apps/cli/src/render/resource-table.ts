// SPDX-License-Identifier: Apache-2.0
/** What a table shows of each kind. Kinds that this version does not know get name, readiness and age. */
import type { KindDescription, ResourceAnswer } from '@kaas/http-contract'
import { stepsOf, titleOf } from '../steps.ts'
import { renderAgo } from './ago.ts'
import { type Column, renderTable } from './table.ts'

type Columns = readonly Column<ResourceAnswer>[]

/** How a table is shown. With `wide` it has all columns, at any width. */
export interface TableView {
  readonly width: number | undefined
  readonly nowMs: number
  readonly withTenant: boolean
  readonly wide?: boolean
}

/** The table of resources of one kind. */
export function renderResources(resources: readonly ResourceAnswer[], kind: KindDescription, view: TableView): string {
  const columns: Columns = [
    ...(view.withTenant && kind.scope === 'tenant' ? [column('TENANT', ({ metadata }) => metadata.tenant)] : []),
    column('NAME', ({ metadata }) => metadata.name),
    ...(COLUMNS[kind.kind] ?? []),
    column('READY', readinessOf),
    ...(view.wide === true ? (WIDE_COLUMNS[kind.kind] ?? []) : []),
    column('AGE', ({ metadata }) => renderAgo(metadata.createdAt, view.nowMs), { drop: 2 }),
  ]
  return renderTable(resources, columns, view.wide === true ? undefined : view.width)
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
    column('TEAM', ({ spec }) => spec.team, { drop: 5 }),
    column('ENVIRONMENT', ({ spec }) => spec.environment, { drop: 6 }),
    column('ISOLATION', ({ spec }) => spec.isolation, { drop: 1 }),
    column('PRODUCE', (tenant) => at(tenant, 'workload', 'produce'), { align: 'right', drop: 3 }),
    column('CONSUME', consumeOf, { align: 'right', drop: 3 }),
    column('RETENTION', (tenant) => at(tenant, 'workload', 'retention'), { align: 'right', drop: 4 }),
  ],
  Topic: [
    column('PARTITIONS', ({ spec }) => spec.partitions, { align: 'right' }),
    column('CONFIG', ({ spec }) => pairs(spec.config), { drop: 3 }),
    column('DESCRIPTION', ({ spec }) => spec.description, { drop: 4 }),
  ],
  User: [
    column('AUTHENTICATION', ({ spec }) => spec.authentication, { drop: 3 }),
    column('ROLES', ({ spec }) => list(spec.roles), { drop: 1 }),
  ],
  TopicShare: [
    column('TOPIC', ({ spec }) => spec.topic),
    column('WITH', ({ spec }) => spec.with),
    column('AS', ({ spec }) => spec.as, { drop: 1 }),
    column('ACCESS', ({ spec }) => spec.access, { drop: 2 }),
  ],
  KafkaCluster: [
    column('ENGINE', ({ spec }) => spec.engine, { drop: 3 }),
    column('BOOTSTRAP', ({ spec }) => list(spec.bootstrapServers), { drop: 1 }),
  ],
  Team: [
    column('MEMBERS', ({ spec }) => list(spec.members), { drop: 1 }),
    column('GROUPS', ({ spec }) => list(spec.externalGroups), { drop: 3 }),
  ],
  Policy: [
    column('KINDS', (policy) => list(at(policy, 'appliesTo', 'kinds')), { drop: 2 }),
    column('SCOPE', ({ spec }) => scopeOf(spec.scope)),
    column('SEVERITY', ({ spec }) => spec.severity),
    column('DESCRIPTION', ({ spec }) => spec.description, { drop: 3 }),
  ],
  Role: [column('DESCRIPTION', ({ spec }) => spec.description, { drop: 1 })],
  RoleBinding: [
    column('ROLE', ({ spec }) => spec.role),
    column('SCOPE', ({ spec }) => scopeOf(spec.scope)),
    column('SUBJECTS', (binding) => subjectsOf(binding), { drop: 1 }),
  ],
}

/** Behind READY with `-o wide`. */
const WIDE_COLUMNS: Readonly<Record<string, Columns>> = {
  Tenant: [
    column('STEP', stepCellOf),
    column('ENDPOINT', endpointOf),
    column('BROKERS', ({ status }) => status?.observed.brokers, { align: 'right' }),
    column('COMMIT', ({ status }) =>
      typeof status?.observed.commit === 'string' ? status.observed.commit.slice(0, 8) : '',
    ),
    column('MANAGEMENT', ({ spec }) => spec.management ?? 'api'),
  ],
}

/** `platform`, `team/pay`, `tenant/orders`. */
function scopeOf(scope: unknown): string {
  if (!isRecord(scope)) return textOf(scope)
  return Object.entries(scope)
    .map(([what, name]) => `${what}/${textOf(name)}`)
    .join(',')
}

/** `group/devs,person/ada,token/…`. */
function subjectsOf(binding: ResourceAnswer): string {
  const words = { groups: 'group', people: 'person', tokens: 'token' }
  return Object.entries(words)
    .flatMap(([list, word]) => {
      const names = at(binding, 'subjects', list)
      return Array.isArray(names) ? names.map((name) => `${word}/${textOf(name)}`) : []
    })
    .join(',')
}

function column(
  title: string,
  value: (resource: ResourceAnswer) => unknown,
  options: Pick<Column<ResourceAnswer>, 'align' | 'drop'> = {},
): Column<ResourceAnswer> {
  return { title, ...options, cell: (resource) => textOf(value(resource)) }
}

/** Of an own Kafka once it is known; of the gateway for all others. */
function endpointOf({ spec, status }: ResourceAnswer): unknown {
  const own = spec.isolation === 'namespace' || spec.isolation === 'cluster'
  return own ? status?.observed.bootstrap : status?.observed.bootstrapServers
}

/** `3/4 Kafka`, and nothing once all is done. */
function stepCellOf(tenant: ResourceAnswer): string | undefined {
  const steps = stepsOf(tenant)
  const open = steps.findIndex(({ state }) => state !== 'done')
  const step = steps[open]
  return step === undefined ? undefined : `${open + 1}/${steps.length} ${titleOf(step)} ${step.state}`
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
