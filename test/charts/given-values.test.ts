// SPDX-License-Identifier: Apache-2.0
/** Values that the product itself gives to charts/platform: of hard tenants by the planner, of the management cluster by `kaas gitops init`. */
import { readdirSync, readFileSync } from 'node:fs'
import { parsePlatformProfile } from '@kaas/planner'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { type Json, mergeValues, readSchema, readYaml } from './charts.ts'

const RENDERED = new URL('../../packages/planner/test/expected/', import.meta.url)
const HARD = readdirSync(RENDERED).filter((file) => file.startsWith('hard-'))
const validate = new Ajv({ strict: false, allErrors: true }).compile(readSchema('platform'))

function problemsOf(values: Json): readonly unknown[] {
  return validate(mergeValues(readYaml('platform/values.yaml'), values)) ? [] : (validate.errors ?? [])
}

it.each(HARD)('the chart takes the values of a hard tenant: %s', (file) => {
  const objects = parseAllDocuments(readFileSync(new URL(file, RENDERED), 'utf8')).map((document) => document.toJS() as Json)
  const releases = objects.filter((object) => object?.kind === 'HelmRelease')
  expect(releases).toHaveLength(1)
  expect(problemsOf(releases[0].spec.values)).toEqual([])
  expect(releases[0].spec.chart.spec.reconcileStrategy).toBe('ChartVersion')
})

it.each([
  { provider: 'aws', zones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] },
  { provider: 'none', zones: ['a', 'b', 'c'] },
])('the chart takes the values of a management cluster on $provider', async ({ provider, zones }) => {
  const file = new URL('../../apps/cli/src/gitops/platform-release.ts', import.meta.url)
  const { platformRelease } = (await import(file.href)) as Json
  const platform = parsePlatformProfile({
    domain: 'kafka.example.org',
    storageClass: 'kaas-gp3',
    kafkaVersion: '4.3.1',
    metadataVersion: '4.3-IV0',
    zones,
    issuer: { name: 'letsencrypt' },
    external: { type: 'tlsroute', gateway: { name: 'kafka', namespace: 'gateway' } },
  })
  const release = parse(platformRelease(platform, { provider, region: undefined, email: 'platform@example.org' }))
  expect(problemsOf(release.spec.values)).toEqual([])
})
