// SPDX-License-Identifier: Apache-2.0
/** charts/platform: the components of a cluster as objects of Flux, for the cluster of Flux or for that of a tenant. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHARTS_FOLDER, EXAMPLES, type Json, mergeValues, objectsOf, ofKind, readSchema, readYaml } from './charts.ts'

const PLATFORMS = EXAMPLES.filter((each) => each.chart === 'platform').map((each) => ({ ...each, objects: objectsOf(each) }))
const releasesOf = (objects: readonly Json[]) => ofKind(objects, 'HelmRelease')
const nameOf = (object: Json): string => object.metadata.name
const named = (example: string) => PLATFORMS.find((each) => each.example === example)?.objects ?? []

describe('every release', () => {
  it.each(PLATFORMS)('of $example is pinned to one version of one chart [R176]', ({ objects }) => {
    for (const { metadata, spec } of releasesOf(objects)) {
      if (spec.chartRef !== undefined) {
        const [source] = ofKind(objects, 'OCIRepository').filter((each) => nameOf(each) === spec.chartRef.name)
        expect(source.spec.ref.tag, metadata.name).toMatch(/^v?\d+\.\d+\.\d+$/)
      } else if (spec.chart.spec.sourceRef.kind === 'HelmRepository') {
        expect(ofKind(objects, 'HelmRepository').map(nameOf)).toContain(spec.chart.spec.sourceRef.name)
        expect(spec.chart.spec.version).toMatch(/^v?\d+\.\d+\.\d+$/)
      } else expect(spec.chart.spec.sourceRef).toEqual({ kind: 'GitRepository', name: 'kaas', namespace: 'flux-system' })
    }
  })

  it.each(PLATFORMS)(
    'of $example is tried again until it holds, keeps its definitions current, and is put back when somebody changes it [R176]',
    ({ objects }) => {
      expect(releasesOf(objects).length).toBeGreaterThan(0)
      for (const { spec } of releasesOf(objects)) {
        expect(spec).toMatchObject({
          install: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } },
          upgrade: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure' } },
          driftDetection: { mode: 'enabled' },
        })
        expect(spec.rollback).toBeUndefined()
      }
    },
  )

  it.each(PLATFORMS)('of $example waits only for releases that there are', ({ objects }) => {
    const names = releasesOf(objects).map(nameOf)
    for (const { spec } of releasesOf(objects)) {
      for (const { name } of spec.dependsOn ?? []) expect(names).toContain(name)
    }
  })

  it('reaches the cluster of a hard tenant by the Secret of Cluster API, and no release stays behind in this cluster [R175]', () => {
    for (const { spec } of releasesOf(named('tenant-aws'))) {
      expect(spec.kubeConfig).toEqual({ secretRef: { name: 'bank-kubeconfig', key: 'value' } })
    }
    for (const { spec } of releasesOf(named('management-aws'))) expect(spec.kubeConfig).toBeUndefined()
  })

  it('has a Strimzi that finds Kafka, and definitions of its own that no uninstall takes away', () => {
    const strimzi = releasesOf(named('tenant-aws')).find((each) => nameOf(each) === 'strimzi')
    expect(strimzi.spec).toMatchObject({ targetNamespace: 'strimzi', values: { watchAnyNamespace: true, replicas: 2 } })
    const certManager = releasesOf(named('tenant-aws')).find((each) => nameOf(each) === 'cert-manager')
    expect(certManager.spec.values.crds).toEqual({ enabled: true, keep: true })
  })
})

describe('the provider', () => {
  it('is in one switch: without it no field of a cloud is anywhere [R190]', () => {
    expect(JSON.stringify(named('own-cluster'))).not.toMatch(/aws|amazon|ebs|eks/i)
  })

  it('brings disks, load balancers and, where the control plane is not managed, the controller of nodes [R19]', () => {
    const aws = (example: string) =>
      releasesOf(named(example))
        .map(nameOf)
        .filter((name) => name.startsWith('aws-'))
    expect(aws('management-aws')).toEqual(['aws-ebs-csi-driver', 'aws-load-balancer-controller'])
    expect(aws('tenant-aws')).toEqual(['aws-cloud-controller-manager', 'aws-ebs-csi-driver', 'aws-load-balancer-controller'])
  })

  it('gives external-dns a role of its own for each tenant, one zone, and records that carry their owner [R88]', () => {
    const dns = releasesOf(named('tenant-aws')).find((each) => nameOf(each) === 'external-dns')
    expect(dns.spec.values).toMatchObject({
      domainFilters: ['bank.kafka.example.org'],
      txtOwnerId: 'bank',
      serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': expect.stringContaining('bank-external-dns') } },
    })
  })

  it('answers for certificates by DNS, in the zone of the cluster only, and an issuer without status is not ready', () => {
    const issuers = releasesOf(named('tenant-aws')).find((each) => nameOf(each) === 'kaas-issuers')
    expect(issuers.spec.values.issuers[0].acme).toMatchObject({
      dns01: { route53: { region: 'eu-central-1' } },
      zones: ['bank.kafka.example.org'],
    })
    expect(issuers.spec.dependsOn).toEqual([{ name: 'cert-manager' }])
    expect(issuers.spec.healthCheckExprs[0].current).toContain('has(status.conditions)')
  })
})

describe('the network of a cluster that has none', () => {
  const releases = releasesOf(named('tenant-aws'))
  const cilium = releases.find((each) => nameOf(each) === 'cilium')

  it('comes before everything that needs it, and waits for nothing itself', () => {
    const waiting = releases.filter(({ spec }) => spec.dependsOn?.some(({ name }: Json) => name === 'cilium')).map(nameOf)
    const free = releases.map(nameOf).filter((name) => !waiting.includes(name) && name !== 'kaas-issuers')
    // Objects of the API alone, and what makes nodes usable for the rest on their own network.
    expect(free.sort()).toEqual(['aws-cloud-controller-manager', 'cilium', 'kaas-cluster'])
    expect(cilium.spec.dependsOn).toBeUndefined()
  })

  it('starts on nodes that are not ready, as does what initializes them, or neither ever would', () => {
    const cloud = releases.find((each) => nameOf(each) === 'aws-cloud-controller-manager')
    for (const { tolerations } of [cilium.spec.values, cilium.spec.values.operator, cloud.spec.values]) {
      expect(tolerations).toEqual([{ operator: 'Exists' }])
    }
    expect(cloud.spec.values.hostNetworking).toBe(true)
  })

  it('enforces policies, leaves Services to kube-proxy and takes the ranges of pods from Kubernetes [R29]', () => {
    expect(cilium.spec).toMatchObject({
      targetNamespace: 'kube-system',
      values: {
        policyEnforcementMode: 'default',
        kubeProxyReplacement: 'false',
        ipam: { mode: 'kubernetes' },
        k8s: { requireIPv4PodCIDR: true },
      },
    })
  })

  it('has load balancers send to machines, as they reach no pod in its tunnel', () => {
    const target = (example: string) =>
      releasesOf(named(example)).find((each) => nameOf(each) === 'aws-load-balancer-controller').spec.values
        .defaultTargetType
    expect([target('tenant-aws'), target('management-aws')]).toEqual(['instance', 'ip'])
  })

  it('is never put beside the network that EKS or a cluster of one’s own brings', () => {
    for (const example of ['management-aws', 'own-cluster']) {
      expect(JSON.stringify(named(example))).not.toContain('cilium')
    }
  })
})

describe('identities of pods in clusters of tenants', () => {
  it('are made from the management cluster, by two pods of which one acts, and by nothing else of EKS', () => {
    const [controller] = releasesOf(named('management-aws')).filter((each) => nameOf(each) === 'ack-eks-controller')
    expect(controller.spec).toMatchObject({
      targetNamespace: 'ack-system',
      values: {
        aws: { region: 'eu-central-1' },
        deployment: { replicas: 2 },
        leaderElection: { enabled: true },
        reconcile: { resources: ['PodIdentityAssociation'] },
      },
    })
    expect(releasesOf(named('tenant-aws')).map(nameOf)).not.toContain('ack-eks-controller')
  })
})

describe('what an operator sets', () => {
  it('wins over what KaaS sets, and leaves the rest', () => {
    const strimzi = releasesOf(named('own-cluster')).find((each) => nameOf(each) === 'strimzi')
    expect(strimzi.spec.values).toMatchObject({ defaultImageRegistry: 'mirror.example.org', watchAnyNamespace: true })
    const [source] = ofKind(named('own-cluster'), 'OCIRepository').filter((each) => nameOf(each) === 'strimzi')
    expect(source.spec.url).toBe('oci://mirror.example.org/charts/strimzi-kafka-operator')
  })

  it('for the cluster chart is taken by the schema of that chart', async () => {
    const { Ajv } = await import('ajv')
    const validate = new Ajv({ strict: false }).compile(readSchema('cluster'))
    for (const { objects, example } of PLATFORMS) {
      const given = releasesOf(objects).filter((each) => nameOf(each).startsWith('kaas-'))
      expect(given.length, example).toBe(2)
      for (const { spec } of given)
        expect(validate(mergeValues(readYaml('cluster/values.yaml'), spec.values)), JSON.stringify(validate.errors)).toBe(
          true,
        )
    }
  })
})

describe('versions', () => {
  it('of charts are written in one place', () => {
    const components = readFileSync(`${CHARTS_FOLDER}/platform/templates/_components.tpl`, 'utf8')
    expect(components).not.toMatch(/\d+\.\d+\.\d+/)
    for (const [name, { version }] of Object.entries<Json>(readYaml('platform/values.yaml').components)) {
      expect(version, name).toMatch(/^v?\d+\.\d+\.\d+$/)
    }
  })
})
