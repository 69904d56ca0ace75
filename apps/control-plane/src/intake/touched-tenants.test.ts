// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { touchedTenants } from './touched-tenants.ts'

test('a change is told to the tenants whose files it touches, and to nobody else', () => {
  const paths = [
    'tenants/shop/tenant.yaml',
    'tenants/shop/kafka/kafka-shop.yaml',
    'flux/tenants/bank.yaml',
    'flux/system.yaml',
    'namespaces/corner.yaml',
    'infrastructure/clusters/bank.yaml',
    'infrastructure/classes/aws/x.yaml',
    'platform.yaml',
    'tenants/readme.md',
    'notes/tenants/other/x.yaml',
  ]
  expect(touchedTenants(paths)).toEqual(['bank', 'corner', 'shop'])
})
