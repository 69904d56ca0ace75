// SPDX-License-Identifier: Apache-2.0
/** What lies outside namespaces is installed once and by the chart that says so; every other chart stays in its namespace. */
import { describe, expect, it } from 'vitest'
import { EXAMPLES, type Json, objectsOf, ofKind } from './charts.ts'

const OUTSIDE = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterIssuer',
  'CustomResourceDefinition',
  'Namespace',
  'PriorityClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
])

const of = (chart: string) => EXAMPLES.filter((each) => each.chart === chart)
const outside = (objects: readonly Json[]) => objects.filter(({ kind }) => OUTSIDE.has(kind))

describe('an object outside namespaces', () => {
  it.each([...of('gateway'), ...of('platform')])('is not made by the chart $chart, example $example [R92]', (example) => {
    const objects = objectsOf(example)
    expect(outside(objects)).toEqual([])
    for (const { metadata } of objects) expect(metadata.namespace).toBe(example.namespace)
  })

  it.each(of('control-plane'))('is made by the chart control-plane for its own rights only, example $example', (example) => {
    const kinds = new Set(outside(objectsOf(example)).map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual(example.example === 'smallest' ? [] : ['ClusterRole', 'ClusterRoleBinding'])
  })
})

describe('the rights of the control plane', () => {
  const [example] = of('control-plane').filter((each) => each.example === 'git-over-https')
  const roles = ofKind(objectsOf(example as (typeof EXAMPLES)[number]), 'ClusterRole')
  const rules = roles.flatMap((role) => role.rules)

  it('are what the code does, kind by kind and verb by verb [R60]', async () => {
    // An app is no package that others import.
    const { CLUSTER_RIGHTS } = await import(
      new URL('../../apps/control-plane/src/code/cluster-rights.ts', import.meta.url).href
    )
    const given = rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group: string) =>
        resources.flatMap((name: string) => verbs.map((verb: string) => `${verb} ${name}.${group}`)),
      ),
    )
    const used = CLUSTER_RIGHTS.flatMap(({ apiGroup, resource, verbs }: Json) =>
      verbs.map((verb: string) => `${verb} ${resource}.${apiGroup}`),
    )
    expect(given.toSorted()).toEqual(used.toSorted())
    expect(given.join()).not.toContain('*')
  })

  it('let no disk, no Kafka and no Secret be changed [R60]', () => {
    const forbidden = ['persistentvolumeclaims', 'secrets', 'kafkas', 'kafkanodepools']
    const changed = rules.filter(({ verbs }) => ['create', 'update', 'patch'].some((verb) => verbs.includes(verb)))
    for (const { resources } of changed) for (const name of forbidden) expect(resources).not.toContain(name)
    const removed = rules.filter(({ verbs }) => verbs.includes('delete')).flatMap(({ resources }) => resources)
    expect(removed).not.toContain('persistentvolumeclaims')
    expect(rules.flatMap(({ verbs }) => verbs)).not.toContain('deletecollection')
  })

  it('let Secrets be read by their names, and never be listed', () => {
    const secrets = rules.filter((rule) => rule.resources.includes('secrets'))
    expect(secrets.map((rule) => rule.verbs)).toEqual([['get']])
  })

  it('reach Secrets only where a namespace says so, when the operator wants it', () => {
    const objects = objectsOf(example as (typeof EXAMPLES)[number])
    const bound = ofKind(objects, 'ClusterRoleBinding').map((binding) => binding.roleRef.name)
    expect(bound).toEqual(['kaas-system-kaas'])
  })

  it('are given to a service account, and to no person [R62]', () => {
    for (const each of EXAMPLES) {
      for (const { subjects } of ofKind(objectsOf(each), 'ClusterRoleBinding')) {
        for (const { kind } of subjects) expect(['ServiceAccount', 'Group']).toContain(kind)
      }
    }
  })

  it('of everything belong to one group, in one binding [R64]', () => {
    const all = objectsOf({ chart: 'cluster', example: 'aws' })
    const administrators = ofKind(all, 'ClusterRoleBinding').filter(({ roleRef }) => roleRef.name === 'cluster-admin')
    expect(administrators.map(({ subjects }) => subjects)).toEqual([
      [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'kaas-administrators' }],
    ])
  })
})

describe('disks of tenants', () => {
  it.each(of('cluster').filter((each) => each.example !== 'nothing'))(
    'are kept, can grow and lie where their pod is: $example [R45]',
    (example) => {
      const classes = ofKind(objectsOf(example), 'StorageClass')
      expect(classes.length).toBeGreaterThan(0)
      for (const each of classes) {
        expect(each).toMatchObject({
          reclaimPolicy: 'Retain',
          allowVolumeExpansion: true,
          volumeBindingMode: 'WaitForFirstConsumer',
        })
        if (each.provisioner === 'ebs.csi.aws.com') expect(each.parameters.encrypted).toBe('true')
      }
    },
  )
})

describe('the namespace of Flux', () => {
  it('takes in what Prometheus reads and what webhooks bring, and nothing else from outside [R29]', () => {
    const policies = ofKind(objectsOf({ chart: 'cluster', example: 'aws' }), 'NetworkPolicy')
    for (const { metadata, spec } of policies) {
      expect(metadata.namespace).toBe('flux-system')
      expect(spec.policyTypes).toEqual(['Ingress'])
    }
    const ways = Object.fromEntries(policies.map(({ metadata, spec }) => [metadata.name, spec]))
    expect(ways['kaas-deny-ingress']).toMatchObject({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] })
    expect(ways['kaas-allow-scraping'].ingress).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
    ])
    expect(ways['kaas-allow-webhooks'].podSelector.matchLabels).toEqual({ app: 'notification-controller' })
    expect(Object.keys(ways)).toHaveLength(3)
  })
})
