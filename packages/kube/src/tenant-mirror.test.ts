// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { tenantDefinition } from './tenant-mirror.ts'

const CHART = new URL('../../../charts/control-plane/crds/tenants.kaas.dev.yaml', import.meta.url)

test('the chart of the control plane installs the definition that the mirror is written for, byte by byte', () => {
  expect(readFileSync(CHART, 'utf8')).toBe(tenantDefinition())
})

test('kubectl get tenants shows team, isolation, readiness, the step that runs, the endpoint and the age', () => {
  const { spec } = parse(tenantDefinition())
  const [version] = spec.versions
  expect(version.additionalPrinterColumns.map(({ name }: { readonly name: string }) => name)).toEqual([
    'Team',
    'Isolation',
    'Ready',
    'Step',
    'Endpoint',
    'Age',
  ])
  expect(version).toMatchObject({ name: 'v1', served: true, storage: true, subresources: { status: {} } })
})
