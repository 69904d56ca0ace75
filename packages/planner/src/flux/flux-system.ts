// SPDX-License-Identifier: Apache-2.0
/**
 * `flux/system.yaml`: where Flux finds the repository of tenants, and in which order it applies its folders. Applied once by
 * hand or by `kaas gitops init`; from then on Flux keeps it itself.
 */
import { KaasError } from '@kaas/errors'
import { stringify } from 'yaml'
import type { KubernetesObject } from '../manifests/manifest.ts'
import { KEPT } from '../manifests/names-of.ts'

const NAMESPACE = 'flux-system'
const LABELS = { 'app.kubernetes.io/managed-by': 'kaas' }

/** The GitRepository, as others refer to it from their namespaces. */
export const SOURCE = { kind: 'GitRepository', name: 'kaas', namespace: NAMESPACE } as const

/** The repository of tenants. `url` is `https://…`, `http://…`, `ssh://…` or `user@host:path`. */
export interface FluxSource {
  readonly url: string
  readonly branch: string
  /** Secret in flux-system with what Flux logs in with; none for a repository that anybody may read. */
  readonly secretName?: string | undefined
}

/** The text of the file. Throws `config-invalid` for an address that Flux cannot fetch, such as a path. */
export function renderFluxSystem(source: FluxSource): string {
  const objects = [gitRepository(source), ...FOLDERS.map(kustomization)]
  return objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n')
}

function gitRepository({ url, branch, secretName }: FluxSource): KubernetesObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: SOURCE.name, namespace: NAMESPACE, labels: LABELS, annotations: KEPT },
    spec: {
      url: fetchable(url),
      ref: { branch },
      interval: '1m',
      timeout: '2m',
      ...(secretName === undefined ? {} : { secretRef: { name: secretName } }),
    },
  }
}

/** The short form of ssh is Git's own and no URL. */
function fetchable(url: string): string {
  if (/^(https?|ssh):\/\/[^\s]+$/.test(url)) return url
  const short = /^([\w.-]+@[\w.-]+):(?!\/\/)([^\s]+)$/.exec(url)
  if (short !== null) return `ssh://${short[1]}/${short[2]?.replace(/^\//, '')}`
  throw new KaasError('config-invalid', {
    message: `Flux cannot fetch ${url}.`,
    help: 'Give the address as https://…, ssh://… or user@host:path.',
  })
}

interface Folder {
  readonly name: string
  readonly path: string
  readonly after: readonly string[]
  readonly timeout: string
  /** Whether it is ready only when all that it applied is. */
  readonly wait: boolean
}

/** Where tenants stand beside each other nobody waits for all of them: each tenant's own Kustomizations say how it is. */
const FOLDERS: readonly Folder[] = [
  { name: 'kaas-platform', path: './platform', after: [], timeout: '30m', wait: true },
  { name: 'kaas-namespaces', path: './namespaces', after: [], timeout: '5m', wait: true },
  {
    name: 'kaas-infrastructure',
    path: './infrastructure',
    after: ['kaas-platform', 'kaas-namespaces'],
    timeout: '5m',
    wait: false,
  },
  { name: 'kaas-flux', path: './flux', after: ['kaas-namespaces'], timeout: '5m', wait: false },
]

function kustomization({ name, path, after, timeout, wait }: Folder): KubernetesObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: NAMESPACE, labels: LABELS, annotations: KEPT },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout,
      sourceRef: SOURCE,
      path,
      prune: true,
      deletionPolicy: 'Orphan',
      wait,
      ...(after.length === 0 ? {} : { dependsOn: after.map((each) => ({ name: each })) }),
    },
  }
}
