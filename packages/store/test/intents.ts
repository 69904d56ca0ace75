// SPDX-License-Identifier: Apache-2.0
/** Intents and statuses as the services write them. */
import type { Condition, Status } from '@kaas/domain'
import type { ResourceIntent, SaveOptions } from '@kaas/store'

export const asAdministrator: SaveOptions = {
  audit: { actor: 'administrator', action: 'put', subject: '/v1/x', outcome: 'allowed', rule: 'administrator' },
}

export function tenantIntent(name: string, produce = '5MB/s'): ResourceIntent<'Tenant'> {
  return {
    key: { kind: 'Tenant', name },
    spec: {
      team: 'default',
      environment: 'development',
      isolation: 'virtual',
      workload: { produce, retention: '7d' },
      adopt: false,
    },
    labels: {},
    annotations: {},
  }
}

export function topicIntent(tenant: string, name: string, partitions = 3, labels = {}): ResourceIntent<'Topic'> {
  return { key: { kind: 'Topic', tenant, name }, spec: { partitions, config: {} }, labels, annotations: {} }
}

export function userIntent(
  tenant: string,
  name: string,
  authentication: ResourceIntent<'User'>['spec']['authentication'] = 'scram-sha-512',
): ResourceIntent<'User'> {
  return {
    key: { kind: 'User', tenant, name },
    spec: { authentication, roles: ['admin'], access: [], quotas: {} },
    labels: {},
    annotations: {},
  }
}

export function shareIntent(tenant: string, name: string, receiver: string): ResourceIntent<'TopicShare'> {
  const spec = { topic: 'payments', with: receiver, as: 'payments-of-others', access: 'read' } as const
  return { key: { kind: 'TopicShare', tenant, name }, spec, labels: {}, annotations: {} }
}

export function statusOf(ready: Condition['status'], observed: Record<string, unknown> = {}): Status {
  const condition = {
    type: 'Ready',
    status: ready,
    reason: 'Test',
    message: 'A test says so.',
    since: '2026-01-01T00:00:00Z',
  }
  return { conditions: [condition as Condition], observedGeneration: 1, observed }
}
