// SPDX-License-Identifier: Apache-2.0
/** Fields that only a Kafka of the tenant's own can keep: at a virtual tenant they would be promises that nobody holds. */
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

/** For virtual tenants. Throws `document-invalid` with the fields; what was stored before this rule may stay as it is. */
export function refuseOwnFields({ spec }: ResourceOf<'Tenant'>, stored: StoredResource<'Tenant'> | undefined): void {
  const fields = Object.entries(OF_OWN_KAFKA)
    .filter(([, read]) => read(spec) !== undefined && (stored === undefined || !isSame(read(spec), read(stored.spec))))
    .map(([path]) => ({ path, message: 'Only a Kafka of its own has it.' }))
  if (fields.length === 0) return
  throw new KaasError('document-invalid', {
    message: `A virtual tenant has no ${fields.map(({ path }) => path).join(', ')}: it lives on a Kafka that it shares.`,
    help: 'Leave it out, or order isolation namespace or cluster.',
    fields,
  })
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
