// SPDX-License-Identifier: Apache-2.0
/** Documents as people write them, and the platform of the tests. */
import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import { CONTROL_PLANE } from './lane/control-plane-account.ts'
import { ZONES } from './lane/lane.ts'

/** Values of charts/platform that leave out every component: their charts come from registries that tests do not ask. */
export const COMPONENTS = Object.fromEntries(
  Object.keys(parse(readFileSync(new URL('../../charts/platform/values.yaml', import.meta.url), 'utf8')).components).map(
    (name) => [name, { enabled: false }],
  ),
)

const ROLE = 'arn:aws:iam::123456789012:role/kaas'

/** `platform.yaml` of the tests: everything that the lane has, named as its charts name it. */
export const PLATFORM = stringify({
  domain: 'kafka.example.org',
  storageClass: 'kaas-gp3',
  kafkaVersion: '4.3.1',
  metadataVersion: '4.3-IV0',
  zones: ZONES,
  issuer: { name: 'letsencrypt' },
  external: { type: 'tlsroute', gateway: { name: 'kafka', namespace: 'gateway' } },
  controlPlane: CONTROL_PLANE,
  people: { issuer: 'https://id.example.org', clientId: 'kubernetes', server: 'https://kubernetes.example.org' },
  clusters: {
    provider: 'aws',
    flavour: 'eks',
    region: 'eu-central-1',
    kubernetesVersion: 'v1.36.3',
    apiSourceRanges: ['203.0.113.0/24'],
    roles: { dns: ROLE, disks: ROLE, loadBalancers: ROLE },
    addons: { coredns: 'v1', 'eks-pod-identity-agent': 'v1', 'kube-proxy': 'v1', 'vpc-cni': 'v1' },
    values: { components: COMPONENTS },
  },
})

/** A tenant, topics and users of it, as the text of one `tenant.yaml`. */
export function documentsOf(
  tenant: string,
  spec: object = {},
  more: { readonly topics?: Readonly<Record<string, object>>; readonly users?: Readonly<Record<string, object>> } = {},
): string {
  const document = (kind: string, name: string, content: object, owner?: string) =>
    stringify({ apiVersion: 'kaas.dev/v1', kind, metadata: { name, ...(owner && { tenant: owner }) }, spec: content })
  const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }
  return [
    document('Tenant', tenant, { team: 'web', isolation: 'namespace', workload, ...spec }),
    ...Object.entries(more.topics ?? { orders: { partitions: 12 } }).map(([name, topic]) =>
      document('Topic', name, topic, tenant),
    ),
    ...Object.entries(more.users ?? { app: { authentication: 'tls', roles: ['producer', 'consumer'] } }).map(
      ([name, user]) => document('User', name, user, tenant),
    ),
  ].join('---\n')
}
