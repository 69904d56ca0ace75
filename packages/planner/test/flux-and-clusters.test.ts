// SPDX-License-Identifier: Apache-2.0
/**
 * Flux objects, namespaces and clusters of tenants: golden files of everything but Kafka itself (`UPDATE_EXPECTED=1` writes them
 * anew), and the real schemas of every kind.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { type Manifest, renderClusterClasses, renderFiles, renderFluxSystem, renderTenant } from '@kaas/planner'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { clusterPlatform, FLAVOURS, LISTENERS, REGION_ZONES, tenantOn } from './cluster-inputs.ts'
import { platformWith } from './manifest-inputs.ts'
import { objectProblems } from './schemas/object-problems.ts'

const SIZES = ['small', 'large'] as const
const SOFT = SIZES.flatMap((size) =>
  [1, 3].flatMap((zones) => (['sni', 'balancers'] as const).map((listener) => ({ size, zones, listener }))),
)
const HARD = FLAVOURS.flatMap((flavour) => SIZES.flatMap((size) => [1, 3].map((zones) => ({ flavour, size, zones }))))
const softTenant = ({ size, zones, listener }: (typeof SOFT)[number]) =>
  tenantOn(platformWith(REGION_ZONES, { external: LISTENERS[listener] }), { zones }, size)
const hardTenant = ({ flavour, size, zones }: (typeof HARD)[number]) =>
  tenantOn(clusterPlatform(flavour), { isolation: 'cluster', zones }, size)

/** AWS's controller for EKS cannot be had as a released module: its one kind is not judged by its schema here. */
const WITHOUT_SCHEMA = ['PodIdentityAssociation']

describe('what surrounds the Kafka of a tenant is rendered as the golden file says', () => {
  it.each(SOFT)('in a namespace, however clients come: $size, $zones zones, $listener [R61]', (cell) => {
    expectGolden(`soft-${cell.size}-${cell.zones}`, textOf(around(renderTenant(softTenant(cell)))))
  })

  it.each(SIZES)('with a load balancer for each broker: %s', (size) => {
    const manifests = renderTenant(softTenant({ size, zones: 3, listener: 'balancers' }))
    expectGolden(`balancers-${size}-3`, textOf(manifests.filter(({ object }) => object.kind === 'Kafka')))
  })

  it.each(HARD)('in a cluster: $flavour, $size, $zones zones [R5]', (cell) => {
    const { flavour, size, zones } = cell
    expectGolden(`hard-${flavour}-${size}-${zones}`, textOf(around(renderTenant(hardTenant(cell)))))
  })

  it.each(FLAVOURS)('as class of clusters: %s', (flavour) => {
    expectGolden(`class-${flavour}`, textOfFiles(renderClusterClasses(clusterPlatform(flavour))))
  })

  it('as the order in which Flux applies the repository', () => {
    const source = { url: 'git@git.example.org:platform/tenants.git', branch: 'main', secretName: 'kaas-git' }
    expectGolden('flux-system', renderFluxSystem(source))
  })
})

describe('Kubernetes, Flux, Cluster API and its provider for AWS take by their schemas', () => {
  it.each(SOFT)('every object of a tenant in a namespace: $size, $zones zones, $listener', (cell) => {
    expect(problemsOf(renderTenant(softTenant(cell)).map(({ object }) => object))).toEqual([])
  })

  it.each(HARD)('every object of a tenant in a cluster: $flavour, $size, $zones zones', (cell) => {
    expect(problemsOf(renderTenant(hardTenant(cell)).map(({ object }) => object))).toEqual([])
  })

  it.each(FLAVOURS)('every object of the class: %s', (flavour) => {
    const texts = [...renderClusterClasses(clusterPlatform(flavour)).values()]
    expect(problemsOf(texts.flatMap((text) => parseAllDocuments(text).map((each) => each.toJS())))).toEqual([])
  })

  it('every object of the system', () => {
    const text = renderFluxSystem({ url: 'https://git.example.org/tenants.git', branch: 'main' })
    expect(problemsOf(parseAllDocuments(text).map((each) => each.toJS()))).toEqual([])
  })

  it.each([
    [
      'a policy of deletion that there is not',
      'kustomize.toolkit.fluxcd.io/v1',
      'Kustomization',
      { deletionPolicy: 'Keep' },
    ],
    ['an API of Cluster API that is no more', 'cluster.x-k8s.io/v1alpha3', 'Cluster', {}],
    ['a class without a reference', 'cluster.x-k8s.io/v1beta2', 'Cluster', { topology: { version: 'v1.36.3' } }],
    [
      'a machine without a type',
      'infrastructure.cluster.x-k8s.io/v1beta2',
      'AWSMachineTemplate',
      { template: { spec: {} } },
    ],
    ['a release of the beta API', 'helm.toolkit.fluxcd.io/v2beta1', 'HelmRelease', {}],
  ])('but not %s', (_, apiVersion, kind, spec) => {
    expect(objectProblems({ apiVersion, kind, metadata: {}, spec } as never)).not.toEqual([])
  })
})

function problemsOf(objects: readonly { readonly apiVersion: string; readonly kind: string }[]): readonly string[] {
  return objects
    .filter(({ apiVersion, kind }) => !apiVersion.startsWith('kustomize.config') && !WITHOUT_SCHEMA.includes(kind))
    .flatMap((object) => objectProblems(object).map((problem) => `${object.kind} ${problem}`))
}

/** Topics, users and Kafka have golden files of their own. */
function around(manifests: readonly Manifest[]): readonly Manifest[] {
  const strimzi = ({ object }: Manifest) => object.apiVersion.startsWith('kafka.strimzi.io')
  return manifests.filter((each) => !strimzi(each) && !/networkpolicy|prometheusrule/.test(each.path))
}

function textOf(manifests: readonly Manifest[]): string {
  return textOfFiles(renderFiles(manifests))
}

function textOfFiles(files: ReadonlyMap<string, string>): string {
  return [...files].map(([path, text]) => `# ${path}\n${text}`).join('---\n')
}

function expectGolden(name: string, text: string): void {
  const file = new URL(`expected/${name}.yaml`, import.meta.url)
  if (process.env.UPDATE_EXPECTED === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}
