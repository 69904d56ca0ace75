// SPDX-License-Identifier: Apache-2.0
/** Rendered tenants: golden files (`UPDATE_EXPECTED=1` writes them anew), the real schemas of every kind, properties, refusals. */
import { readFileSync, writeFileSync } from 'node:fs'
import { type KubernetesObject, type Manifest, renderTenant, renderYaml, type TenantInput } from '@kaas/planner'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inputFor, LOGINS, SIZES, topic, user, ZONES } from './manifest-inputs.ts'
import { objectProblems } from './schemas/object-problems.ts'

const MATRIX = (['small', 'large'] as const).flatMap((size) =>
  ([1, 3] as const).flatMap((zones) => LOGINS.map((login) => ({ size, zones, login }))),
)
const inputOf = ({ size, zones, login }: (typeof MATRIX)[number]) =>
  inputFor({ size: SIZES[size], zones: ZONES[zones], login })

/** Any workload that a catalogue holds. */
const workloads = fc.record({
  produceMB: fc.integer({ min: 1, max: 200 }),
  fanOut: fc.integer({ min: 1, max: 4 }),
  retentionDays: fc.integer({ min: 1, max: 8 }),
  zones: fc.constantFrom<1 | 3>(1, 3),
})
type SomeWorkload = typeof workloads extends fc.Arbitrary<infer T> ? T : never
const inputWith = ({ produceMB, fanOut, retentionDays, zones }: SomeWorkload) =>
  inputFor({
    size: { environment: 'development', workload: { produce: `${produceMB}MB/s`, fanOut, retention: `${retentionDays}d` } },
    zones: ZONES[zones],
  })

const objects = (input: TenantInput) => renderTenant(input).map(({ object }) => object)
const ofKind = (all: readonly KubernetesObject[], kind: string) => all.filter((each) => each.kind === kind)
// As read back from text: plain data into which tests may look deeply.
const specOf = (object: KubernetesObject | undefined) => JSON.parse(JSON.stringify(object?.spec ?? null))
const bytes = (manifests: readonly Manifest[]) =>
  manifests.map((each) => `# ${each.path}\n${renderYaml(each)}`).join('---\n')

describe('a tenant in a namespace of its own is rendered', () => {
  it.each(MATRIX)('as the golden file says: $size, $zones zones, $login [R153] [R154]', ({ size, zones, login }) => {
    const file = new URL(`expected/${size}-${zones}-zones-${login}.yaml`, import.meta.url)
    const text = bytes(renderTenant(inputOf({ size, zones, login })))
    if (process.env.UPDATE_EXPECTED === '1') writeFileSync(file, text)
    expect(text).toBe(readFileSync(file, 'utf8'))
  })

  it.each(MATRIX)(
    'into objects that the schemas of Kubernetes, Strimzi 1.2, cert-manager and Prometheus take: $size, $zones, $login',
    (cell) => {
      for (const input of [
        inputOf(cell),
        { ...inputOf(cell), platform: inputFor({ zones: ZONES[cell.zones], platform: LOAD_BALANCER }).platform },
      ]) {
        const problems = objects(input).filter(({ kind }) => kind !== 'Kustomization')
        expect(problems.flatMap((object) => objectProblems(object).map((problem) => `${object.kind} ${problem}`))).toEqual(
          [],
        )
      }
    },
  )

  it('into text that reads back as the same objects, reasons being comments only', () => {
    for (const each of renderTenant(inputFor({})))
      expect(parse(renderYaml(each))).toEqual(JSON.parse(JSON.stringify(each.object)))
  })
})

const LOAD_BALANCER = {
  external: { type: 'loadbalancer', annotations: { 'example.org/lb': 'nlb' }, sourceRanges: ['10.0.0.0/8'] },
  maintenanceWindows: ['* * 1-3 ? * SUN'],
}

describe('the schemas refuse', () => {
  it.each([
    [
      'a role that is misspelled',
      {
        apiVersion: 'kafka.strimzi.io/v1',
        kind: 'KafkaNodePool',
        metadata: {},
        spec: { replicas: 3, roles: ['brokerr'], storage: { type: 'jbod' } },
      },
      /allowed values/,
    ],
    [
      'port 80 and a listener type that is misspelled',
      {
        apiVersion: 'kafka.strimzi.io/v1',
        kind: 'Kafka',
        metadata: {},
        spec: { kafka: { listeners: [{ name: 'tls', port: 80, type: 'internall', tls: true }] } },
      },
      />= 9092/,
    ],
    [
      'fields of ZooKeeper times',
      {
        apiVersion: 'kafka.strimzi.io/v1',
        kind: 'Kafka',
        metadata: {},
        spec: { kafka: { replicas: 3, listeners: [] }, zookeeper: { replicas: 3 } },
      },
      /additional properties \(zookeeper\)/,
    ],
    [
      'a topic without partitions and with 99999 replicas',
      { apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaTopic', metadata: {}, spec: { partitions: 0, replicas: 99999 } },
      />= 1/,
    ],
    [
      'a negative quota and a resource that is misspelled',
      {
        apiVersion: 'kafka.strimzi.io/v1',
        kind: 'KafkaUser',
        metadata: {},
        spec: {
          authentication: { type: 'tls' },
          quotas: { producerByteRate: -1 },
          authorization: { type: 'simple', acls: [{ resource: { type: 'topicc', name: 'x' }, operations: ['Read'] }] },
        },
      },
      />= 0/,
    ],
    [
      'an unknown algorithm of a key',
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: {},
        spec: { secretName: 'x', issuerRef: { name: 'ca' }, privateKey: { algorithm: 'RSAX' } },
      },
      /allowed values/,
    ],
    [
      'an interval in words',
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: {},
        spec: { selector: {}, endpoints: [{ port: 'http', interval: 'thirty', scheme: 'ftp' }] },
      },
      /pattern/,
    ],
    ['the API before Strimzi 1.0', { apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'Kafka', metadata: {} }, /no schema/],
  ])('%s', (_, object, message) => {
    expect(objectProblems(object).join('\n')).toMatch(message)
  })
})

describe('whatever the workload', () => {
  it('the same input gives the same bytes, in whichever order topics and users come', () => {
    fc.assert(
      fc.property(workloads, (workload) => {
        const input = inputWith(workload)
        const turned = { ...input, topics: input.topics.toReversed(), users: input.users.toReversed() }
        expect(bytes(renderTenant(turned))).toBe(bytes(renderTenant(input)))
      }),
      { numRuns: 25 },
    )
  })

  it('more to produce never means fewer brokers, when the machine stays the same [R147]', () => {
    fc.assert(
      fc.property(workloads, fc.integer({ min: 1, max: 300 }), (workload, more) => {
        const [less, larger] = [inputWith(workload), inputWith({ ...workload, produceMB: workload.produceMB + more })]
        fc.pre(less.plan.kind === 'fits' && larger.plan.kind === 'fits')
        fc.pre(
          less.plan.kind === 'fits' &&
            larger.plan.kind === 'fits' &&
            less.plan.broker.instance === larger.plan.broker.instance,
        )
        expect(brokersOf(objects(larger))).toBeGreaterThanOrEqual(brokersOf(objects(less)))
      }),
      { numRuns: 40 },
    )
  })

  it('brokers are the same number in every zone, and no pool spans two [R24]', () => {
    fc.assert(
      fc.property(workloads, (workload) => {
        const pools = brokerPools(objects(inputWith(workload)))
        expect(new Set(pools.map((pool) => specOf(pool).replicas)).size).toBe(1)
        const wanted = pools.map((pool) => specOf(pool).template.pod.affinity.nodeAffinity)
        expect(
          wanted.map((each) => each.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions),
        ).toEqual(
          ZONES[workload.zones].map((zone) => [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] }]),
        )
        expect(pools.map((pool) => specOf(pool).template.kafkaContainer.env[0].value)).toEqual([...ZONES[workload.zones]])
      }),
      { numRuns: 25 },
    )
  })

  it('the quota is the sum of what all pods request, with room to replace a helper, and all have limits [R149]', () => {
    fc.assert(
      fc.property(workloads, (workload) => {
        const all = objects(inputWith(workload))
        const { hard } = specOf(ofKind(all, 'ResourceQuota')[0])
        const pools = ofKind(all, 'KafkaNodePool').map(specOf)
        const { entityOperator, cruiseControl, kafkaExporter } = specOf(ofKind(all, 'Kafka')[0])
        const helpers = [entityOperator.topicOperator, entityOperator.userOperator, cruiseControl, kafkaExporter]
        for (const { resources } of [...pools, ...helpers]) {
          expect(resources.limits).toEqual({ cpu: expect.stringMatching(/m$/), memory: resources.requests.memory })
        }
        for (const what of ['cpu', 'memory'] as const) {
          const number = (each: { resources: { requests: Record<string, string> } }) =>
            Number.parseInt(each.resources.requests[what] ?? '', 10)
          const needed =
            pools.reduce((sum, pool) => sum + pool.replicas * number(pool), 0) +
            helpers.reduce((sum, each) => sum + 2 * number(each), 0)
          expect(Number.parseInt(hard[`requests.${what}`], 10)).toBe(needed)
        }
        const volumes = pools.reduce(
          (sum, pool) => sum + pool.replicas * Number.parseInt(pool.storage.volumes[0].size, 10),
          0,
        )
        expect(hard['requests.storage']).toBe(`${volumes}Gi`)
      }),
      { numRuns: 25 },
    )
  })

  it('quotas of all brokers together let the whole workload through, and hardly more', () => {
    fc.assert(
      fc.property(workloads, (workload) => {
        const all = objects(inputWith(workload))
        const { producerByteRate } = specOf(ofKind(all, 'Kafka')[0]).kafka.quotas
        const total = producerByteRate * brokersOf(all)
        expect(total).toBeGreaterThanOrEqual(workload.produceMB * 1e6)
        expect(total).toBeLessThan(workload.produceMB * 1e6 + brokersOf(all))
      }),
      { numRuns: 25 },
    )
  })

  it('every name is one that Kubernetes takes, and every topic has one of its own', () => {
    const names = fc.stringMatching(/^[a-zA-Z0-9._-]{1,200}$/).filter((name) => name !== '.' && name !== '..')
    fc.assert(
      fc.property(fc.uniqueArray(names, { maxLength: 20 }), (topicNames) => {
        const all = objects({ ...inputFor({}), topics: topicNames.map((name) => topic(name, { partitions: 1 })) })
        const found = ofKind(all, 'KafkaTopic')
        for (const { metadata } of all) {
          if (metadata !== undefined)
            expect(metadata.name).toMatch(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/)
        }
        expect(new Set(found.map((each) => each.metadata?.name)).size).toBe(topicNames.length)
        expect(found.map((each) => specOf(each).topicName).toSorted()).toEqual(topicNames.toSorted())
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is rendered keeps tenants safe', () => {
  it('only a platform that names its control plane lets it read Secrets, in the namespaces of tenants by their names', () => {
    const readers = (platform: object) =>
      renderTenant(inputFor({ platform }))
        .filter(({ object: { kind } }) => kind === 'RoleBinding')
        .filter(({ object }) => JSON.stringify(object).includes('-secrets'))
    expect(readers({})).toEqual([])
    expect(readers({ controlPlane: { namespace: 'kaas-system', release: 'kaas' } })).toMatchObject([
      {
        path: 'namespaces/shop.yaml',
        object: {
          metadata: { namespace: 'kaas-shop' },
          roleRef: { kind: 'ClusterRole', name: 'kaas-system-kaas-secrets' },
          subjects: [{ kind: 'ServiceAccount', name: 'kaas', namespace: 'kaas-system' }],
        },
      },
    ])
  })

  it('only the namespace lives in no namespace, and Pod Security restricted guards it [R61]', () => {
    const all = objects(inputFor({}))
    const outside = all.filter(({ kind, metadata }) => kind !== 'Kustomization' && metadata?.namespace !== 'kaas-shop')
    expect(outside).toMatchObject([
      { kind: 'Namespace', metadata: { name: 'kaas-shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
    ])
  })

  it('a group is bound and never a person [R62]', () => {
    const [binding] = ofKind(objects(inputFor({})), 'RoleBinding')
    expect(binding?.subjects).toEqual([{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'web' }])
    expect(binding?.roleRef).toMatchObject({ kind: 'ClusterRole', name: 'view' })
  })

  it('no listener is without TLS or without authentication [R73]', () => {
    for (const cell of MATRIX) {
      const { listeners } = specOf(ofKind(objects(inputOf(cell)), 'Kafka')[0]).kafka
      expect(listeners.length).toBeGreaterThan(1)
      for (const each of listeners)
        expect(each).toMatchObject({ tls: true, authentication: { type: expect.stringMatching(/tls|scram-sha-512/) } })
    }
  })

  it('every external name is covered by the one wildcard certificate, whatever the size [R74]', () => {
    const names = (cell: (typeof MATRIX)[number]) => {
      const all = objects(inputOf(cell))
      expect(specOf(ofKind(all, 'Certificate')[0]).dnsNames).toEqual(['*.shop.kafka.example.org'])
      return specOf(ofKind(all, 'Kafka')[0])
        .kafka.listeners.slice(1)
        .flatMap((each: { configuration: { bootstrap: { host: string }; hostTemplate: string } }) => [
          each.configuration.bootstrap.host,
          each.configuration.hostTemplate,
        ])
    }
    for (const login of LOGINS) {
      const small = names({ size: 'small', zones: 3, login })
      for (const name of small) expect(name).toMatch(/^[a-z{}N0-9Id-]+\.shop\.kafka\.example\.org$/i)
      expect(names({ size: 'large', zones: 3, login })).toEqual(small)
    }
  })

  it('the namespace denies all traffic that no other policy allows [R28]', () => {
    const policies = ofKind(objects(inputFor({})), 'NetworkPolicy')
    expect(specOf(policies.find(({ metadata }) => metadata?.name === 'default-deny'))).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    })
  })

  it('an admin of the tenant may do all but change the topics of Kafka and Strimzi', () => {
    const { acls } = specOf(
      ofKind(objects({ ...inputFor({}), users: [user('ops', { roles: ['admin'] })] }), 'KafkaUser')[0],
    ).authorization
    expect(
      acls
        .filter((each: { type: string }) => each.type === 'deny')
        .map((each: { resource: { name: string } }) => each.resource.name),
    ).toEqual(['__', 'strimzi.cruisecontrol'])
  })
})

describe('an input with a fault is refused with what to do', () => {
  const input = inputFor({})
  it.each([
    [
      'another isolation level',
      { ...input, tenant: { ...input.tenant, spec: { ...input.tenant.spec, isolation: 'virtual' as const } } },
      'not-supported',
    ],
    [
      'a tenant whose namespace would be that of the control plane',
      { ...input, tenant: { ...input.tenant, metadata: { ...input.tenant.metadata, name: 'system' } } },
      'name-invalid',
    ],
    ['zones that the plan has not', { ...input, platform: inputFor({ zones: ZONES[1] }).platform }, 'config-invalid'],
    ['more partitions than planned', { ...input, topics: [topic('a', { partitions: 100_000 })] }, 'limit-exceeded'],
    [
      'a longer retention than planned',
      { ...input, topics: [topic('a', { config: { 'retention.ms': '-1' } })] },
      'limit-exceeded',
    ],
    ['a log-in that Strimzi lacks', { ...input, users: [user('a', { authentication: 'scram-sha-256' })] }, 'not-supported'],
    [
      'a name too long for a certificate',
      { ...input, users: [user('a'.repeat(64), { authentication: 'tls' })] },
      'name-invalid',
    ],
    ['the same topic twice', { ...input, topics: [topic('a'), topic('a')] }, 'document-invalid'],
    [
      'a node without room',
      { ...input, platform: inputFor({ platform: { nodeReserve: '900GiB' } }).platform },
      'config-invalid',
    ],
    [
      'a workload that nothing holds',
      inputFor({ size: { environment: 'production', workload: { produce: '900GB/s', retention: '7d' } } }),
      'workload-too-large',
    ],
  ])('%s', (_, faulty, code) => {
    expect(() => renderTenant(faulty)).toThrow(expect.objectContaining({ code, help: expect.any(String) }))
  })
})

function brokerPools(all: readonly KubernetesObject[]) {
  return ofKind(all, 'KafkaNodePool').filter((pool) => specOf(pool).roles[0] === 'broker')
}

function brokersOf(all: readonly KubernetesObject[]): number {
  return brokerPools(all).reduce((sum, pool) => sum + specOf(pool).replicas, 0)
}
