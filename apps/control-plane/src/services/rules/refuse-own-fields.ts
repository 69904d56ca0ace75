// SPDX-License-Identifier: Apache-2.0
/** Fields that only a Kafka of the tenant's own can keep, and those that only gateways can: elsewhere they would be promises that nobody holds. */
import type { ResourceOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoredResource } from '@kaas/store'

type Spec = ResourceOf<'Tenant'>['spec']

const OF_OWN_KAFKA: Readonly<Record<string, (spec: Spec) => unknown>> = {
  'spec.zones': ({ zones }) => zones,
  'spec.kafkaVersion': ({ kafkaVersion }) => kafkaVersion,
  'spec.maintenanceWindows': ({ maintenanceWindows }) => maintenanceWindows,
  'spec.workload.localRetention': ({ workload }) => workload.localRetention,
}

const OF_GATEWAYS: typeof OF_OWN_KAFKA = {
  'spec.workload.requestsPerSecond': ({ workload }) => workload.requestsPerSecond,
  'spec.workload.connectionsPerSecond': ({ workload }) => workload.connectionsPerSecond,
}

/** For virtual tenants. Throws `document-invalid` with the fields; what was stored before this rule may stay as it is. */
export function refuseOwnFields({ spec }: ResourceOf<'Tenant'>, stored: StoredResource<'Tenant'> | undefined): void {
  const fields = statedIn(OF_OWN_KAFKA, spec, stored).map((path) => ({ path, message: 'Only a Kafka of its own has it.' }))
  if (fields.length === 0) return
  throw new KaasError('document-invalid', {
    message: `A virtual tenant has no ${fields.map(({ path }) => path).join(', ')}: it lives on a Kafka that it shares.`,
    help: 'Leave it out, or order isolation namespace or cluster.',
    fields,
  })
}

/** For tenants with Kafka of their own. Throws as `refuseOwnFields`. */
export function refuseGatewayFields({ spec }: ResourceOf<'Tenant'>, stored: StoredResource<'Tenant'> | undefined): void {
  const fields = statedIn(OF_GATEWAYS, spec, stored).map((path) => ({ path, message: 'Only a virtual tenant has it.' }))
  if (fields.length === 0) return
  throw new KaasError('document-invalid', {
    message: `A tenant with a Kafka of its own has no ${fields.map(({ path }) => path).join(', ')}: the gateways of virtual tenants hold it.`,
    help: 'Leave it out, or order isolation virtual.',
    fields,
  })
}

/** What the document says now, and did not say before. */
function statedIn(fields: typeof OF_OWN_KAFKA, spec: Spec, stored: StoredResource<'Tenant'> | undefined): readonly string[] {
  return Object.entries(fields)
    .filter(([, read]) => read(spec) !== undefined && (stored === undefined || !isSame(read(spec), read(stored.spec))))
    .map(([path]) => path)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
