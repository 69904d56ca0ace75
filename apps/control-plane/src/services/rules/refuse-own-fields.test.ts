// SPDX-License-Identifier: Apache-2.0
import { tenantSchema } from '@kaas/domain'
import { expect, test } from 'vitest'
import { refuseGatewayFields, refuseOwnFields } from './refuse-own-fields.ts'

const workload = { produce: '1MB/s', retention: '1d' }
const documentWith = (spec: object) =>
  ({ kind: 'Tenant', spec: tenantSchema.shape.spec.parse({ workload, ...spec }) }) as unknown as Parameters<
    typeof refuseOwnFields
  >[0]

test.each([
  [{ zones: 3 }, 'spec.zones'],
  [{ kafkaVersion: '4.3.1' }, 'spec.kafkaVersion'],
  [{ maintenanceWindows: ['* * 2 * * ?'] }, 'spec.maintenanceWindows'],
  [{ workload: { ...workload, localRetention: '1h' } }, 'spec.workload.localRetention'],
])('a virtual tenant is not promised what only an own Kafka keeps: %o', (spec, path) => {
  const refused = expect.objectContaining({ code: 'document-invalid', fields: [expect.objectContaining({ path })] })
  expect(() => refuseOwnFields(documentWith(spec), undefined)).toThrow(refused)
})

test.each([
  [{ workload: { ...workload, requestsPerSecond: 100 } }, 'spec.workload.requestsPerSecond'],
  [{ workload: { ...workload, connectionsPerSecond: 10 } }, 'spec.workload.connectionsPerSecond'],
])('a tenant with a Kafka of its own is not promised what only gateways hold: %o', (spec, path) => {
  const refused = expect.objectContaining({ code: 'document-invalid', fields: [expect.objectContaining({ path })] })
  expect(() => refuseGatewayFields(documentWith({ isolation: 'namespace', ...spec }), undefined)).toThrow(refused)
  expect(() => refuseOwnFields(documentWith(spec), undefined)).not.toThrow()
})

test('what was stored before stays, and may be changed in other fields', () => {
  const stored = documentWith({ zones: 3 }) as unknown as NonNullable<Parameters<typeof refuseOwnFields>[1]>
  expect(() => refuseOwnFields(documentWith({ zones: 3, environment: 'staging' }), stored)).not.toThrow()
  expect(() => refuseOwnFields(documentWith({ zones: 2 }), stored)).toThrow()
  expect(() => refuseOwnFields(documentWith({}), undefined)).not.toThrow()
})
