// SPDX-License-Identifier: Apache-2.0
/**
 * Custom resource definitions of everything that the product renders, from the released modules (nothing of them is committed),
 * and the webhooks of Cluster API. Kept in the user's cache, one folder for each source.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cachedFolder } from '@kaas/kafka-engine'
import { findGo, runProgram } from '@kaas/testkit'
import { goEnvironment, moduleFolder } from './ensure-binaries.ts'
import { STRIMZI_POM, writeStrimziDefinitions } from './strimzi-definitions.ts'

const CAPI = 'sigs.k8s.io/cluster-api'
const CAPI_VERSION = 'v1.14.2'

/** A folder of definitions inside a module. `labels` tell Cluster API which contract a provider's kind keeps. */
interface Source {
  readonly name: string
  readonly set: 'gitops' | 'capi' | 'definitions'
  readonly module: string
  readonly version: string
  readonly path: string
  readonly contract?: Readonly<Record<string, string>>
}

const V1BETA2 = { 'cluster.x-k8s.io/v1beta2': 'v1beta2' }

const SOURCES: readonly Source[] = [
  ...(['source-controller@v1.9.0', 'kustomize-controller@v1.9.4', 'helm-controller@v1.6.3'] as const).map((each) => {
    const [name = '', version = ''] = each.split('@')
    return { name, set: 'gitops' as const, module: `github.com/fluxcd/${name}`, version, path: 'config/crd/bases' }
  }),
  ...(['core', 'bootstrap/kubeadm', 'controlplane/kubeadm'] as const).map((path) => ({
    name: `capi-${path.split('/')[0]}`,
    set: 'capi' as const,
    module: CAPI,
    version: CAPI_VERSION,
    path: `${path}/config/crd/bases`,
    contract: V1BETA2,
  })),
  {
    name: 'capa',
    set: 'definitions',
    module: 'sigs.k8s.io/cluster-api-provider-aws/v2',
    version: 'v2.13.0',
    path: 'config/crd/bases',
    contract: { 'cluster.x-k8s.io/v1beta1': 'v1beta1_v1beta2' },
  },
  {
    name: 'cert-manager',
    set: 'definitions',
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    path: 'deploy/crds',
  },
  {
    name: 'prometheus-operator',
    set: 'definitions',
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    path: 'example/prometheus-operator-crd',
  },
]

/** Files of Cluster API that register its webhooks, by the manager that serves them. */
const WEBHOOKS = { 'capi-core': 'core', 'capi-bootstrap': 'bootstrap/kubeadm', 'capi-control-plane': 'controlplane/kubeadm' }

/**
 * The folder with one subfolder for each source, and `webhooks/<manager>.yaml`. Made once, in about a minute. Throws
 * `tool-missing` without Go, Maven or Java, and what Go says when a module is not served.
 */
export async function ensureDefinitions(print: (line: string) => void): Promise<string> {
  const hash = createHash('sha256')
    .update(readFileSync(STRIMZI_POM))
    .update(JSON.stringify([SOURCES, WEBHOOKS]))
  return cachedFolder(join('k8s', `definitions-${hash.digest('hex').slice(0, 16)}`), async (folder) => {
    print('collecting custom resource definitions; this is done once')
    await mkdir(join(folder, 'strimzi'))
    await writeStrimziDefinitions(join(folder, 'strimzi'))
    for (const source of SOURCES) await copyDefinitions(source, join(folder, source.name))
    await mkdir(join(folder, 'webhooks'))
    const capi = await moduleOf('capi', CAPI, CAPI_VERSION)
    for (const [manager, path] of Object.entries(WEBHOOKS)) {
      await copyFile(join(capi, path, 'config/webhook/manifests.yaml'), join(folder, 'webhooks', `${manager}.yaml`))
    }
  })
}

async function copyDefinitions(source: Source, folder: string): Promise<void> {
  const from = join(await moduleOf(source.set, source.module, source.version), source.path)
  await mkdir(folder)
  for (const file of await readdir(from)) {
    if (!file.endsWith('.yaml')) continue
    const text = await readFile(join(from, file), 'utf8')
    await writeFile(join(folder, file), withLabels(text, source.contract ?? {}))
  }
}

/** The definitions stand in files of one object each, with `metadata:` at the beginning of a line. */
function withLabels(text: string, labels: Readonly<Record<string, string>>): string {
  const lines = Object.entries(labels).map(([name, value]) => `    ${name}: ${value}\n`)
  return lines.length === 0 ? text : text.replace(/^metadata:\n/m, `metadata:\n  labels:\n${lines.join('')}`)
}

/** The folder of a module in Go's module cache, downloaded and checked against the committed `go.sum` when it is not there. */
async function moduleOf(set: Source['set'], module: string, version: string): Promise<string> {
  const go = await findGo()
  const args = ['mod', 'download', '-json', `${module}@${version}`]
  const { stdout } = await runProgram(go, args, { cwd: moduleFolder(set), env: goEnvironment(), timeoutMs: 600_000 })
  return JSON.parse(stdout).Dir
}
