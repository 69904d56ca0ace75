// SPDX-License-Identifier: Apache-2.0
/**
 * Each fixture of the admission policies, asked of a real API server. The policies are copies for namespaces that begin with
 * `fixture-`: there Pod Security does not refuse first, and other tests are left alone.
 */
import { runProgram, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { CHARTS_FOLDER, type Json } from '../charts/charts.ts'
import { POLICY_FIXTURES } from '../charts/policy-fixtures.ts'
import { KubeApi, type KubeObject } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'
import { readObjects } from './lane/read-objects.ts'

const KINDS = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']
const NAMESPACES = {
  'fixture-production': { 'kaas.dev/environment': 'production' },
  'fixture-development': { 'kaas.dev/environment': 'development' },
  'fixture-guarded': { 'kaas.dev/tenant': 'guarded', 'pod-security.kubernetes.io/enforce': 'restricted' },
}

const lane = inject('lane') as LaneAddress
let api: KubeApi
let policies: readonly KubeObject[] = []

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  for (const [name, labels] of Object.entries(NAMESPACES)) {
    // Without its leave the last of them could not be deleted: the policy about that is in force as well.
    const annotations = { 'kaas.dev/purge': 'guarded' }
    await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } })
  }
  policies = await copiedPolicies()
  for (const policy of policies) await api.apply(policy)
  const refused = POLICY_FIXTURES.filter((each) => each.expect !== undefined)
  await waitFor(
    async () => (await Promise.all(refused.map(({ object }) => verdictOn(object)))).every((each) => each !== 'taken'),
    {
      what: 'the policies to be in force',
      pollMs: 200,
    },
  )
})

afterAll(async () => {
  for (const { apiVersion, kind, metadata } of policies) await api.remove({ apiVersion, kind }, metadata.name)
  for (const name of Object.keys(NAMESPACES)) await api.remove({ apiVersion: 'v1', kind: 'Namespace' }, name)
  api.close()
})

test.each(POLICY_FIXTURES.filter((each) => each.expect === undefined))('$policy takes $file', async ({ object }) => {
  expect(await verdictOn(object)).toBe('taken')
})

test.each(POLICY_FIXTURES.filter((each) => each.expect !== undefined))(
  '$policy refuses $file: $expect',
  async ({ object, expect: words }) => {
    expect(await verdictOn(object)).toContain(words)
  },
)

async function copiedPolicies(): Promise<readonly KubeObject[]> {
  const example = `${CHARTS_FOLDER}/cluster/examples/aws.yaml`
  const args = [
    'template',
    'copies',
    `${CHARTS_FOLDER}/cluster`,
    '-f',
    example,
    '--set',
    'policies.namespacePrefix=fixture-',
  ]
  const { stdout } = await runProgram(lane.binaries.helm, args)
  return readObjects(stdout.replaceAll('kaas-', 'copy-of-kaas-')).filter(({ kind }) => KINDS.includes(kind))
}

async function verdictOn(object: Json): Promise<string> {
  try {
    await api.apply(object, { dryRun: true })
    return 'taken'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
