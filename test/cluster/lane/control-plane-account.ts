// SPDX-License-Identifier: Apache-2.0
/** The control plane as its chart lets it in: the ServiceAccount and the roles of charts/control-plane, with Secrets by namespace. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from '@kaas/testkit'
import { parse, stringify } from 'yaml'
import { KubeApi } from './kube-api.ts'
import type { LaneAddress } from './lane.ts'
import { readObjects } from './read-objects.ts'

const CHART = fileURLToPath(new URL('../../../charts/control-plane', import.meta.url))

/** Where its release would be; `platform.yaml` of the tests names it, so that namespaces of tenants let it read Secrets. */
export const CONTROL_PLANE = { namespace: 'kaas-lane', release: 'control-plane' } as const

/** Makes account and roles, and writes a kubeconfig with a token of the account into the folder. Resolves with its path. */
export async function controlPlaneKubeconfig(
  { binaries, kubeconfig }: Pick<LaneAddress, 'binaries' | 'kubeconfig'>,
  folder: string,
): Promise<string> {
  const { namespace, release } = CONTROL_PLANE
  const api = new KubeApi(kubeconfig)
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } })
  const only = ['service-account', 'cluster-role'].flatMap((name) => ['--show-only', `templates/${name}.yaml`])
  const values = ['--values', join(CHART, 'examples/git-over-https.yaml'), '--set', 'kubernetes.readSecrets=by-namespace']
  const { stdout } = await runProgram(binaries.helm, [
    'template',
    release,
    CHART,
    '--namespace',
    namespace,
    ...values,
    ...only,
  ])
  for (const object of readObjects(stdout)) await api.apply(object)
  const token = await api.tokenOf(namespace, release)
  api.close()
  const admin = parse(readFileSync(kubeconfig, 'utf8'))
  const file = join(folder, 'kubeconfig')
  writeFileSync(file, stringify({ ...admin, users: [{ name: admin.users[0].name, user: { token } }] }), { mode: 0o600 })
  return file
}
