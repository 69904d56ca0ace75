// SPDX-License-Identifier: Apache-2.0
/**
 * charts/platform with real Flux: from a commit into the cluster of a hard tenant, and nowhere else. Components of others are left
 * out, as their charts cannot be fetched here; a test writes the status that cert-manager writes.
 */

import { readFileSync } from 'node:fs'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram, temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { CHARTS_FOLDER, readYaml } from '../charts/charts.ts'
import { askAgain, conditionOf, GIT_REPOSITORY, untilObject } from './lane/conditions.ts'
import { KubeApi, type KubeObject } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'
import { readObjects } from './lane/read-objects.ts'
import { startTenantCluster, type TenantCluster } from './lane/tenant-cluster.ts'

const NAMESPACE = 'platform-story'
const BRANCH = 'platform-story'
const CHART = 'platform/charts/cluster'
const RELEASE = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' }
const STORAGE_CLASS = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' }
const POLICY = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy' }
const ISSUER = { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer' }
const DISKS = 'platform-story-disks'

const lane = inject('lane') as LaneAddress
let management: KubeApi
let cluster: TenantCluster
let tenant: KubeApi
let repository: string

beforeAll(async () => {
  management = new KubeApi(lane.kubeconfig)
  cluster = await startTenantCluster(lane, { prefix: 'tenant-3' })
  tenant = new KubeApi(cluster.server.adminKubeconfig)
  repository = await repositoryWith(`{{ fail "this chart is broken" }}\n`)
  await management.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } })
  const value = readFileSync(cluster.server.adminKubeconfig, 'utf8')
  await management.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'story-kubeconfig', namespace: NAMESPACE },
    stringData: { value },
  })
  await management.apply({
    ...GIT_REPOSITORY,
    metadata: { name: 'kaas', namespace: NAMESPACE },
    spec: { url: lane.repository.url, ref: { branch: BRANCH }, interval: '5s' },
  })
  for (const object of await renderPlatform()) await management.apply(object)
})

afterAll(async () => {
  for (const name of ['kaas-issuers', 'kaas-cluster']) await management.remove(RELEASE, name, NAMESPACE)
  await management.remove({ apiVersion: 'v1', kind: 'Namespace' }, NAMESPACE)
  management.close()
  tenant.close()
  await cluster.stop()
})

describe('a release into the cluster of a tenant', () => {
  test('that is broken is tried again and holds as soon as a commit mends it, without a hand on it [R175] [R176]', async () => {
    await untilRelease('kaas-cluster', (each) => conditionOf(each)?.message?.includes('this chart is broken') === true)
    await rm(join(repository, CHART, 'templates/broken.yaml'))
    await raiseVersion()
    await push('Mend the chart')
    await askAgain(management, GIT_REPOSITORY, NAMESPACE, 'kaas')
    await untilRelease('kaas-cluster', (each) => conditionOf(each)?.status === 'True')
    expect((await tenant.get(STORAGE_CLASS, DISKS))?.reclaimPolicy).toBe('Retain')
    expect(await tenant.get(POLICY, 'kaas-keep-disks')).toBeDefined()
  })

  test('leaves nothing in the cluster of Flux [R92]', async () => {
    expect(await management.get(STORAGE_CLASS, DISKS)).toBeUndefined()
  })

  test('is put back when somebody takes a part of it away [R178]', async () => {
    await tenant.remove(STORAGE_CLASS, DISKS)
    await untilObject(tenant, STORAGE_CLASS, { name: DISKS }, () => true, 60_000)
  })

  test('with an issuer is ready when cert-manager says so, and not before: no status is not ready', async () => {
    const issuer = await untilObject(tenant, ISSUER, { name: 'story-ca' }, () => true, 60_000)
    const waiting = await management.get(RELEASE, 'kaas-issuers', NAMESPACE)
    expect(conditionOf(waiting)?.status).not.toBe('True')
    await tenant.patch(
      { ...issuer, ...ISSUER },
      { status: { conditions: [{ type: 'Ready', status: 'True', reason: 'Test', message: '' }] } },
      'status',
    )
    await untilRelease('kaas-issuers', (each) => conditionOf(each)?.status === 'True')
  })
})

function untilRelease(name: string, holds: (release: KubeObject) => boolean): Promise<KubeObject> {
  return untilObject(management, RELEASE, { namespace: NAMESPACE, name }, holds, 60_000)
}

/** A branch of the lane's repository with the chart, and one more template in it. */
async function repositoryWith(template: string): Promise<string> {
  const folder = temporaryDirectory('platform-story')
  await mkdir(join(folder, CHART), { recursive: true })
  await cp(`${CHARTS_FOLDER}/cluster`, join(folder, CHART), { recursive: true })
  await writeFile(join(folder, CHART, 'templates/broken.yaml'), template)
  await runProgram('git', ['init', '--quiet', '--initial-branch', BRANCH], { cwd: folder })
  repository = folder
  await push('Install the chart')
  return folder
}

/** Flux takes a chart over when its version changes; what stands behind the plus is enough. */
async function raiseVersion(): Promise<void> {
  const file = join(repository, CHART, 'Chart.yaml')
  await writeFile(file, readFileSync(file, 'utf8').replace(/^version: .*$/m, 'version: 0.1.0+0c0ffee'))
}

async function push(message: string): Promise<void> {
  const git = (...args: readonly string[]) => runProgram('git', args, { cwd: repository })
  await git('add', '--all')
  await git('-c', 'user.name=A person', '-c', 'user.email=person@example.org', 'commit', '--quiet', '--message', message)
  await git('push', '--quiet', lane.repository.folder, BRANCH)
}

/** Our own chart only; everything else would come from registries. */
async function renderPlatform(): Promise<readonly KubeObject[]> {
  const components = Object.keys(readYaml('platform/values.yaml').components)
  const values = {
    target: { kubeConfigSecret: 'story-kubeconfig' },
    clusterName: 'story',
    domain: 'story.example.org',
    certificates: { issuerName: 'story-ca', caSecretName: 'story-ca' },
    components: Object.fromEntries(components.map((name) => [name, { enabled: false }])),
    clusterChart: {
      sourceRef: { kind: 'GitRepository', name: 'kaas', namespace: NAMESPACE },
      values: { storageClasses: [{ name: DISKS, provisioner: 'csi.example.org' }] },
    },
    interval: '5s',
    retryInterval: '2s',
    timeout: '1m',
  }
  const file = join(temporaryDirectory('platform-values'), 'values.json')
  await writeFile(file, JSON.stringify(values))
  const { stdout } = await runProgram(lane.binaries.helm, [
    'template',
    'platform',
    `${CHARTS_FOLDER}/platform`,
    '-n',
    NAMESPACE,
    '-f',
    file,
  ])
  return readObjects(stdout)
}
