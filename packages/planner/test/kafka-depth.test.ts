// SPDX-License-Identifier: Apache-2.0
/** What a rendered Kafka does beyond running: quotas, volumes, tiered storage, versions, rebalancing, metrics. */
import { readFileSync } from 'node:fs'
import { type KubernetesObject, PLATFORM_USER, renderTenant, type TenantInput } from '@kaas/planner'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputFor, topic, user } from './manifest-inputs.ts'
import { objectProblems } from './schemas/object-problems.ts'

const objects = (input: TenantInput) => renderTenant(input).map(({ object }) => object)
const ofKind = (all: readonly KubernetesObject[], kind: string) => all.filter((each) => each.kind === kind)
// As read back from text: plain data into which tests may look deeply.
const specOf = (object: KubernetesObject | undefined) => JSON.parse(JSON.stringify(object?.spec ?? null))
const kafkaOf = (input: TenantInput) => specOf(ofKind(objects(input), 'Kafka')[0])
const brokersOf = ({ plan }: TenantInput) => (plan.kind === 'fits' ? plan.brokers : 0)
const withTenant = (input: TenantInput, spec: Partial<TenantInput['tenant']['spec']>): TenantInput => ({
  ...input,
  tenant: { ...input.tenant, spec: { ...input.tenant.spec, ...spec } },
})
/** Captured from a broker that ran with Strimzi's metrics reporter. */
const SHOWN_METRICS = readFileSync(new URL('vectors/kafka-metrics.txt', import.meta.url), 'utf8')
  .split('\n')
  .slice(1)
const TIERED = {
  tieredStorage: {
    className: 'org.example.ObjectStorage',
    classPath: '/opt/tiered/*',
    config: { 'storage.bucket': 'kafka' },
    metadata: { 'rlmm.config.remote.log.metadata.topic.num.partitions': 5 },
    image: 'registry.example.org/kafka-tiered:4.3.1',
  },
}
const isPlatformUser = ({ metadata }: KubernetesObject) => metadata?.name === PLATFORM_USER
const usersOf = (input: TenantInput) => ofKind(objects(input), 'KafkaUser').filter((each) => !isPlatformUser(each))
const platformUserOf = (input: TenantInput) => ofKind(objects(input), 'KafkaUser').find(isPlatformUser)
const tieredInput = (platform: object = TIERED) =>
  inputFor({
    size: { environment: 'production', workload: { produce: '50MB/s', retention: '30d', localRetention: '12h' } },
    platform,
  })

describe('quotas hold the tenant to its workload', () => {
  it('by one total for all users while none has a quota, with a guard for disks, and never the platform itself', () => {
    const { quotas } = kafkaOf(inputFor({})).kafka
    expect(quotas).toMatchObject({ type: 'strimzi', minAvailableRatioPerVolume: 0.1 })
    for (const client of ['entity-topic-operator', 'cruise-control', 'entity-user-operator', 'kafka-exporter', 'kafka'])
      expect(quotas.excludedPrincipals).toContain(`User:CN=shop-${client},O=io.strimzi`)
    expect(usersOf(inputFor({})).map((each) => specOf(each).quotas)).toEqual([undefined, undefined, undefined])
    expect(specOf(platformUserOf(inputFor({}))).quotas).toBeUndefined()
  })

  it('divided among all users as soon as one has a quota, and then no default holds the topic operator or Cruise Control', () => {
    const input = { ...inputFor({}), users: [user('a', { quotas: { produce: '3MB/s' } }), user('b'), user('c')] }
    expect(kafkaOf(input).kafka.quotas).toEqual({ type: 'kafka' })
    expect(usersOf(input).map((each) => specOf(each).quotas)).toEqual([
      { producerByteRate: 1e6, consumerByteRate: 1666666 },
      { producerByteRate: 333333, consumerByteRate: 1666666 },
      { producerByteRate: 333333, consumerByteRate: 1666666 },
    ])
    // Who looks by the console has a tenth on top, not nothing and not everything.
    expect(specOf(platformUserOf(input)).quotas).toEqual({ producerByteRate: 166666, consumerByteRate: 500000 })
  })

  it('so that the quotas of all users on all brokers never come to more than the total, and hardly to less', () => {
    const rate = fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: undefined })
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1, maxLength: 4 }), (rates) => {
        fc.pre(rates.some((each) => each !== undefined))
        const users = rates.map((each, index) =>
          user(`u${index}`, each === undefined ? {} : { quotas: { produce: `${each}B/s` } }),
        )
        const input = { ...inputFor({}), users }
        const sum = usersOf(input).reduce((all, each) => all + specOf(each).quotas.producerByteRate, 0)
        const total = sum * brokersOf(input)
        expect(total).toBeLessThanOrEqual(5e6 + brokersOf(input) * users.length)
        if (rates.includes(undefined)) expect(total).toBeGreaterThan(5e6 - brokersOf(input) * users.length)
      }),
      { numRuns: 40 },
    )
  })

  it('and refused when the users would have more than the tenant', () => {
    const input = { ...inputFor({}), users: [user('a', { quotas: { produce: '6MB/s' } })] }
    expect(() => renderTenant(input)).toThrow(expect.objectContaining({ code: 'limit-exceeded', help: expect.any(String) }))
    const nothingLeft = { ...inputFor({}), users: [user('a', { quotas: { produce: '5MB/s' } }), user('b')] }
    expect(() => renderTenant(nothingLeft)).toThrow(/leave nothing of the 5MB\/s/)
  })

  it('and the alert says what happens when a disk is full: with quotas of users nothing stops producers', () => {
    const textOf = (input: TenantInput) => JSON.stringify(specOf(ofKind(objects(input), 'PrometheusRule')[0]))
    expect(textOf(inputFor({}))).toMatch(/producers are stopped/)
    const divided = { ...inputFor({}), users: [user('a', { quotas: { produce: '1MB/s' } })] }
    expect(textOf(divided)).toMatch(/nothing stops producers/)
  })
})

describe('disks', () => {
  const volumesOf = (input: TenantInput) =>
    specOf(ofKind(objects(input), 'KafkaNodePool').find(({ metadata }) => metadata?.name === 'eu-1a')).storage.volumes
  const planned = (volumes: number, gibibytes: number, platform: object = {}) => {
    const input = inputFor({ platform })
    if (input.plan.kind !== 'fits') throw new Error('5 MB/s fit.')
    const broker = { ...input.plan.broker, volumes, diskBytes: gibibytes * 1024 ** 3, diskBytesPerSecond: 300 * 1024 ** 2 }
    return { ...input, plan: { ...input.plan, broker } }
  }

  it('grow in place, and by a volume of the same size more when one cannot be larger; none is ever deleted with its claim', () => {
    const [one, two] = [volumesOf(planned(1, 2048)), volumesOf(planned(2, 4096))]
    expect(two).toHaveLength(2)
    expect(two[0]).toEqual(one[0])
    expect(
      two.map((each: { size: string; deleteClaim: boolean; id: number }) => [each.id, each.size, each.deleteClaim]),
    ).toEqual([
      [0, '2048Gi', false],
      [1, '2048Gi', false],
    ])
    expect(two.filter((each: object) => 'kraftMetadata' in each)).toHaveLength(1)
  })

  it('are counted in the quota of the namespace with all their volumes [R149]', () => {
    const input = planned(2, 4096)
    const { hard } = specOf(ofKind(objects(input), 'ResourceQuota')[0])
    expect(hard.persistentvolumeclaims).toBe(String(3 * 2 + 3))
    expect(hard['requests.storage']).toBe(`${3 * 4096 + 3 * 20}Gi`)
  })

  it('get the slowest attributes class that is fast enough, each volume its part; controllers get none', () => {
    const attributesClasses = [
      { name: 'fast', throughput: '1GB/s' },
      { name: 'slow', throughput: '200MB/s' },
      { name: 'middle', throughput: '400MB/s' },
    ]
    const platform = { volumes: { attributesClasses } }
    expect(volumesOf(planned(1, 2048, platform))[0].volumeAttributesClass).toBe('middle')
    expect(volumesOf(planned(2, 4096, platform))[0].volumeAttributesClass).toBe('slow')
    const pools = ofKind(objects(planned(1, 2048, platform)), 'KafkaNodePool')
    expect(specOf(pools[0]).storage.volumes[0]).not.toHaveProperty('volumeAttributesClass')
  })
})

describe('tiered storage', () => {
  it('keeps local retention on disks and the rest in object storage, in objects that the schemas take', () => {
    const input = tieredInput()
    const { kafka } = kafkaOf(input)
    expect(kafka.tieredStorage).toEqual({
      type: 'custom',
      remoteStorageManager: {
        className: 'org.example.ObjectStorage',
        classPath: '/opt/tiered/*',
        config: { 'storage.bucket': 'kafka' },
      },
    })
    expect(kafka.image).toBe('registry.example.org/kafka-tiered:4.3.1')
    expect(kafka.config).toMatchObject({
      'log.retention.ms': 43_200_000,
      'rlmm.config.remote.log.metadata.topic.replication.factor': 3,
      'rlmm.config.remote.log.metadata.topic.num.partitions': 5,
    })
    const problems = objects(input).filter(({ kind }) => kind !== 'Kustomization')
    expect(problems.flatMap((object) => objectProblems(object))).toEqual([])
  })

  it.each([
    ['an ordinary topic', {}, { 'remote.storage.enable': 'true', 'local.retention.ms': '43200000' }],
    [
      'a topic that keeps less than that',
      { 'retention.ms': '3600000' },
      { 'remote.storage.enable': 'true', 'local.retention.ms': '-2' },
    ],
    ['a topic that says so itself', { 'local.retention.ms': '1000' }, { 'local.retention.ms': '1000' }],
  ])('is on for %s', (_, config, expected) => {
    const all = objects({ ...tieredInput(), topics: [topic('t', { config })] })
    expect(specOf(ofKind(all, 'KafkaTopic')[0]).config).toMatchObject(expected)
  })

  it('is off for compacted topics, which Kafka cannot send away, and for tenants who did not ask', () => {
    const compacted = objects({ ...tieredInput(), topics: [topic('t', { config: { 'cleanup.policy': 'compact' } })] })
    expect(specOf(ofKind(compacted, 'KafkaTopic')[0]).config).not.toHaveProperty('remote.storage.enable')
    expect(kafkaOf(inputFor({ platform: TIERED })).kafka).not.toHaveProperty('tieredStorage')
  })

  it('is refused where the platform has none', () => {
    expect(() => renderTenant(tieredInput({}))).toThrow(
      expect.objectContaining({ code: 'not-configured', help: expect.any(String) }),
    )
  })
})

describe('the tenant decides', () => {
  it('its version of Kafka, and metadata follows when the cluster reports that all brokers run it', () => {
    const input = withTenant(inputFor({}), { kafkaVersion: '4.3.1' })
    const old = { kafkaVersion: '4.2.1', kafkaMetadataVersion: '4.2-IV1', settled: true }
    expect(kafkaOf({ ...input, running: old }).kafka).toMatchObject({ version: '4.3.1', metadataVersion: '4.2-IV1' })
    const rolled = { ...old, kafkaVersion: '4.3.1' }
    expect(kafkaOf({ ...input, running: rolled }).kafka).toMatchObject({ version: '4.3.1', metadataVersion: '4.3-IV0' })
    const lower = withTenant(inputFor({}), { kafkaVersion: '4.2.1' })
    expect(() => renderTenant({ ...lower, running: rolled })).toThrow(expect.objectContaining({ code: 'version-downgrade' }))
  })

  it('its maintenance windows; else the platform does', () => {
    const platform = { maintenanceWindows: ['* * 1-3 ? * SUN'] }
    expect(kafkaOf(inputFor({ platform })).maintenanceTimeWindows).toEqual(['* * 1-3 ? * SUN'])
    const own = withTenant(inputFor({ platform }), { maintenanceWindows: ['* * 4 ? * MON'] })
    expect(kafkaOf(own).maintenanceTimeWindows).toEqual(['* * 4 ? * MON'])
  })
})

describe('the cluster keeps itself even and seen', () => {
  it('brokers that come or go are rebalanced by templates that exist, at a rate that leaves room for clients', () => {
    const input = inputFor({})
    const templates = ofKind(objects(input), 'KafkaRebalance')
    const { autoRebalance } = kafkaOf(input).cruiseControl
    expect(autoRebalance.map((each: { template: { name: string } }) => each.template.name)).toEqual(
      templates.map(({ metadata }) => metadata?.name),
    )
    if (input.plan.kind !== 'fits') throw new Error('5 MB/s fit.')
    for (const each of templates) {
      expect(each.metadata?.annotations).toEqual({ 'strimzi.io/rebalance-template': 'true' })
      expect(specOf(each).replicationThrottle).toBeLessThanOrEqual(input.plan.broker.diskBytesPerSecond * 0.2)
      expect(objectProblems(each)).toEqual([])
    }
  })

  it('every pod of a tenant has the priority class of the platform', () => {
    const all = objects(inputFor({ platform: { priorityClass: 'kafka' } }))
    const { entityOperator, cruiseControl, kafkaExporter } = specOf(ofKind(all, 'Kafka')[0])
    const pods = [...ofKind(all, 'KafkaNodePool').map(specOf), entityOperator, cruiseControl, kafkaExporter]
    expect(pods.map(({ template }) => template.pod.priorityClassName)).toEqual(pods.map(() => 'kafka'))
  })

  it('every metric that an alert reads is one that a real broker shows, and that the list lets through', () => {
    const input = inputFor({})
    const { allowList } = kafkaOf(input).kafka.metricsConfig.values
    const rules = specOf(ofKind(objects(input), 'PrometheusRule')[0]).groups[0].rules
    const names = rules.flatMap(
      ({ expr }: { expr: string }) => expr.match(/\bkafka_(?:server|controller|network|log)_[a-z_]+/g) ?? [],
    )
    expect(names.length).toBeGreaterThan(3)
    const allowed = (name: string) => allowList.some((each: string) => new RegExp(`^(?:${each})$`).test(name))
    expect(names.filter((name: string) => !SHOWN_METRICS.includes(name) || !allowed(name))).toEqual([])
  })

  it('every expression of the list meets a metric of a real broker, and the list leaves most of them out', () => {
    const { allowList } = kafkaOf(inputFor({})).kafka.metricsConfig.values
    const met = (each: string) => SHOWN_METRICS.filter((name) => new RegExp(`^(?:${each})$`).test(name))
    expect(allowList.filter((each: string) => met(each).length === 0 || each.includes(','))).toEqual([])
    expect(new Set(allowList.flatMap(met)).size).toBeLessThan(SHOWN_METRICS.length / 4)
  })
})
