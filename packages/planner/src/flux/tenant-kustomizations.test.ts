// SPDX-License-Identifier: Apache-2.0
/** Flux objects: what waits for what, what is never taken away, as whom Flux acts, and which addresses it can fetch. */
import { type KubernetesObject, renderFluxSystem, renderTenant } from '@kaas/planner'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { clusterPlatform, tenantOn } from '../../test/cluster-inputs.ts'
import { inputFor } from '../../test/manifest-inputs.ts'

const soft = renderTenant(inputFor({}))
const hard = renderTenant(tenantOn(clusterPlatform('eks'), { isolation: 'cluster' }))
// As read back from text: plain data into which tests may look deeply.
const specOf = (object: KubernetesObject) => JSON.parse(JSON.stringify(object.spec))
const fluxOf = (manifests: typeof soft): Readonly<Record<string, ReturnType<typeof specOf>>> =>
  Object.fromEntries(
    manifests
      .filter(({ path }) => path === 'flux/tenants/shop.yaml')
      .map(({ object }) => [object.metadata?.name ?? '', specOf(object)]),
  )
const PRUNE = 'kustomize.toolkit.fluxcd.io/prune'

describe('Flux applies a tenant', () => {
  it('in the order platform, Kafka, access, each when the one before is healthy', () => {
    const order = (manifests: typeof soft) =>
      Object.entries(fluxOf(manifests)).map(([name, { dependsOn = [] }]) => [
        name,
        ...dependsOn.map((each: { name: string }) => each.name),
      ])
    expect(order(soft)).toEqual([['shop-kafka'], ['shop-access', 'shop-kafka']])
    expect(order(hard)).toEqual([['shop-platform'], ['shop-kafka', 'shop-platform'], ['shop-access', 'shop-kafka']])
  })

  it('as an account of its namespace, or in its own cluster by the Secret that Cluster API writes [R175]', () => {
    for (const { serviceAccountName, kubeConfig } of Object.values(fluxOf(soft))) {
      expect({ serviceAccountName, kubeConfig }).toEqual({ serviceAccountName: 'kaas-deployer' })
    }
    const { 'shop-platform': platform, 'shop-kafka': kafka, 'shop-access': access } = fluxOf(hard)
    expect(platform.serviceAccountName).toBe('kaas-deployer')
    for (const each of [kafka, access]) {
      expect(each.kubeConfig).toEqual({ secretRef: { name: 'shop-kubeconfig', key: 'value' } })
      expect(each).not.toHaveProperty('serviceAccountName')
    }
  })

  it('with rights for every kind that it applies there, and for nothing outside the namespace', () => {
    for (const [manifests, folders] of [
      [soft, /^tenants\/shop\/(kafka|access)\//],
      [hard, /^tenants\/shop\/platform\//],
    ] as const) {
      const role = manifests.find(({ object }) => object.kind === 'Role')?.object as unknown as {
        readonly rules: readonly { readonly apiGroups: string[]; readonly resources: string[]; readonly verbs: string[] }[]
      }
      for (const { path, object } of manifests) {
        if (!folders.test(path) || path.endsWith('kustomization.yaml')) continue
        const [group, resource] = [object.apiVersion.split('/').toReversed()[1] ?? '', `${object.kind.toLowerCase()}s`]
        const rule = role.rules.find(
          ({ apiGroups, resources }) => apiGroups[0] === group && resources.includes(similar(resource)),
        )
        expect(rule?.verbs, `${group} ${resource}`).toContain('patch')
      }
      expect(JSON.stringify(role.rules)).not.toContain('*')
      const here = manifests.filter(({ path }) => manifests !== hard || !path.startsWith('tenants/shop/kafka/'))
      expect(here.map(({ object }) => object.kind)).not.toContain('ClusterRoleBinding')
    }
  })

  it('and takes away no object that holds data, nor anything when only its own objects go', () => {
    for (const manifests of [soft, hard]) {
      const kept = manifests.filter(({ object }) => object.metadata?.annotations?.[PRUNE] === 'disabled')
      const kinds = new Set(kept.map(({ object }) => object.kind))
      for (const kind of ['Namespace', 'Kafka', 'KafkaNodePool']) expect(kinds).toContain(kind)
      for (const each of Object.values(fluxOf(manifests)))
        expect(each).toMatchObject({ prune: true, deletionPolicy: 'Orphan' })
    }
    expect(hard.find(({ object }) => object.kind === 'Cluster')?.object.metadata?.annotations?.[PRUNE]).toBe('disabled')
  })

  it('and calls nothing ready that Strimzi or cert-manager has not said a word about', () => {
    const custom = soft.filter(({ object }) => /strimzi|cert-manager/.test(object.apiVersion))
    for (const { path, object } of custom) {
      // A template of what Cruise Control may do; it has no state.
      if (object.kind === 'KafkaRebalance') continue
      const part = path.split('/')[2]
      const expressions = fluxOf(soft)[`shop-${part}`].healthCheckExprs as readonly Record<string, string>[]
      expect(expressions.find(({ kind }) => kind === object.kind)?.current).toContain(
        'observedGeneration == metadata.generation',
      )
    }
  })

  it('with the labels of the tenant on everything', () => {
    for (const { object } of [...soft, ...hard].filter(({ path }) => !path.endsWith('kustomization.yaml'))) {
      expect(object.metadata?.labels).toMatchObject({
        'app.kubernetes.io/managed-by': 'kaas',
        'kaas.dev/tenant': 'shop',
        'kaas.dev/team': 'web',
      })
    }
  })
})

describe('the system', () => {
  const system = (url: string) =>
    parseAllDocuments(renderFluxSystem({ url, branch: 'main' })).map((each) => each.toJS() as KubernetesObject)

  it('waits for no tenant: one that is broken blocks no other', () => {
    for (const object of system('https://git.example.org/t.git').slice(1)) {
      const { path, wait } = specOf(object)
      expect({ path, wait }).toEqual({ path, wait: path === './platform' || path === './namespaces' })
    }
  })

  it('is not taken away by itself when its file goes', () => {
    for (const { metadata } of system('https://git.example.org/t.git'))
      expect(metadata?.annotations?.[PRUNE]).toBe('disabled')
  })

  it.each([
    ['https://git.example.org/t.git', 'https://git.example.org/t.git'],
    ['ssh://git@git.example.org/t.git', 'ssh://git@git.example.org/t.git'],
    ['git@git.example.org:platform/t.git', 'ssh://git@git.example.org/platform/t.git'],
  ])('fetches %s', (url, fetched) => {
    expect(specOf(system(url)[0] as KubernetesObject).url).toBe(fetched)
  })

  it.each(['/srv/git/t.git', 'file:///srv/git/t.git', ''])('refuses %s, which Flux cannot fetch', (url) => {
    expect(() => system(url)).toThrow(expect.objectContaining({ code: 'config-invalid', help: expect.any(String) }))
  })
})

describe('people in the namespace of a tenant', () => {
  it('are groups and never persons: the team looks, administrators act [R62] [R63]', () => {
    for (const manifests of [soft, hard]) {
      const bindings = manifests.filter(({ object }) => object.kind === 'RoleBinding').map(({ object }) => object)
      const subjects = bindings.flatMap((each) => each.subjects as readonly { kind: string; name: string }[])
      expect(subjects.filter(({ kind }) => kind === 'User')).toEqual([])
      const byGroup = bindings.flatMap(({ roleRef, subjects: of }) =>
        (of as readonly { kind: string; name: string }[])
          .filter(({ kind }) => kind === 'Group')
          .map(({ name }) => `${name} ${(roleRef as { name: string }).name}`),
      )
      expect(new Set(byGroup)).toEqual(new Set(['web view', 'kaas-administrators admin']))
    }
  })
})

/** The one plural here that is not the kind and an s. */
function similar(resource: string): string {
  return resource.replace(/policys$/, 'policies')
}
