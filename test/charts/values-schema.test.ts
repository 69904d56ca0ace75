// SPDX-License-Identifier: Apache-2.0
/** The schemas of values: what an operator writes wrongly is refused by Helm before anything is changed. Here ajv reads them. */
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { CHARTS, type ChartName, EXAMPLES, type Json, mergeValues, readSchema, readYaml, valuesOf } from './charts.ts'

const ajv = new Ajv({ strict: false, allErrors: true })
const validators = new Map(CHARTS.map(({ chart }) => [chart, ajv.compile(readSchema(chart))]))

/** The paths that are refused, without those of surrounding conditions. */
function problemsOf(chart: ChartName, values: Json): readonly string[] {
  const validate = validators.get(chart)
  if (validate === undefined || validate(values)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

describe('the values of', () => {
  it.each(EXAMPLES)('$chart, example $example, are taken', (example) => {
    expect(problemsOf(example.chart, valuesOf(example))).toEqual([])
  })
})

/** The first example of a chart with one change, and a word of the message. */
type Refusal = readonly [what: string, change: Json, word: string]

const PROVIDER = { id: 'company', name: 'Company', issuer: 'https://id.example.org', clientId: 'kaas' }

const POD_REFUSALS: readonly Refusal[] = [
  ['one replica, which every drain would end', { replicas: 1 }, '/replicas'],
  ['an image without name', { image: { repository: '' } }, '/image/repository'],
  ['an image without version', { image: { tag: '', digest: '' } }, '/image'],
  ['an image that moves', { image: { tag: 'latest' } }, '/image/tag'],
  ['a digest that is none', { image: { digest: 'sha256:abc' } }, '/image/digest'],
  [
    'a pod without a limit of memory',
    { resources: { limits: { memory: null } } },
    "/resources/limits must have required property 'memory'",
  ],
  ['memory in words', { resources: { requests: { memory: 'a lot' } } }, '/resources/requests/memory'],
  ['a level of logging that there is not', { logLevel: 'verbose' }, '/logLevel'],
  ['a misspelled value', { replica: 3 }, 'replica'],
  ['a variable that another value sets', { variables: { KAAS_LOG_LEVEL: 'debug' } }, 'KAAS_LOG_LEVEL'],
  ['a variable of another program', { variables: { PATH: '/tmp' } }, 'PATH'],
  ['a variable that is a number', { variables: { KAAS_SOMETHING: 1 } }, '/variables/KAAS_SOMETHING'],
]

const REFUSALS: Readonly<Record<ChartName, readonly Refusal[]>> = {
  gateway: [
    ...POD_REFUSALS,
    ['no name for clients', { kafka: { advertisedHost: '' } }, '/kafka/advertisedHost'],
    ['a name with a port', { kafka: { advertisedHost: 'kafka.example.org:9092' } }, '/kafka/advertisedHost'],
    ['a port below 1024, which needs a privilege', { kafka: { port: 443 } }, '/kafka/port'],
    ['no broker', { kafka: { brokerNodes: [] } }, '/kafka/brokerNodes'],
    ['the same broker twice', { kafka: { brokerNodes: [1, 1] } }, '/kafka/brokerNodes'],
    ['no certificate', { certificate: { issuer: { name: '' }, secretName: '' } }, '/certificate'],
    ['a snapshot by another protocol', { snapshot: { url: 'ftp://kaas' } }, '/snapshot/url'],
    ['no token', { snapshot: { tokenSecret: { name: '' } } }, '/snapshot/tokenSecret/name'],
    ['a node port', { service: { type: 'NodePort' } }, '/service/type'],
    ['an address range that is none', { service: { sourceRanges: ['10.0.0.1'] } }, '/service/sourceRanges/0'],
    [
      'a listener of an unknown kind',
      { listeners: [{ name: 'x', port: 9093, addressing: { kind: 'magic' } }] },
      '/listeners/0/addressing/kind',
    ],
    ['an issuer without audience', { tokenIssuers: [{ issuer: 'https://login.example.org' }] }, '/tokenIssuers/0'],
    ['more processes than a gateway has', { processes: '65' }, '/processes'],
    ['processes in words', { processes: 'many' }, '/processes'],
    ['a drain in words', { drainSeconds: '30s' }, '/drainSeconds'],
  ],
  'control-plane': [
    ...POD_REFUSALS,
    ['no database', { database: { secretName: '' } }, '/database/secretName'],
    ['no Secret', { secretName: '' }, '/secretName'],
    ['a password in the address of the repository', { git: { url: 'https://me:hunter2@git.example.org/x' } }, '/git/url'],
    ['a repository by an open protocol', { git: { url: 'http://git.example.org/x' } }, '/git/url'],
    ['SSH to a server that nobody vouches for', { git: { sshSecret: { name: 'key' }, knownHosts: '' } }, '/git/knownHosts'],
    [
      'an Ingress without TLS',
      { ingress: { enabled: true, host: 'kaas.example.org', tlsSecretName: '' } },
      '/ingress/tlsSecretName',
    ],
    [
      'a route without a Gateway',
      { httpRoute: { enabled: true, hostnames: ['kaas.example.org'], parentRefs: [] } },
      '/httpRoute/parentRefs',
    ],
    [
      'a document of another kind among the clusters',
      { kafkaClusters: [{ apiVersion: 'kaas.dev/v1', kind: 'Tenant', metadata: {}, spec: {} }] },
      '/kafkaClusters/0/kind',
    ],
    [
      'an identity provider without TLS',
      { signIn: { providers: [{ ...PROVIDER, issuer: 'http://id.example.org' }] } },
      '/signIn/providers/0/issuer',
    ],
    [
      'a secret in the values, where everybody reads it',
      { signIn: { providers: [{ ...PROVIDER, clientSecret: 'hunter2' }] } },
      '/signIn/providers/0/clientSecret',
    ],
    ['nobody who could sign in', { signIn: { bootstrap: 'disabled' } }, '/signIn/providers'],
    ['a session that ends in words', { signIn: { sessionIdle: 'soon' } }, '/signIn/sessionIdle'],
    ['a console without TLS', { publicUrl: 'http://kaas.example.org' }, '/publicUrl'],
    ['a console below a path', { publicUrl: 'https://example.org/kaas' }, '/publicUrl'],
    ['a proxy by its name, which is believed then', { trustedProxies: ['proxy.example.org'] }, '/trustedProxies/0'],
    [
      'a topic that a tenant could have, for the audit log',
      { audit: { kafkaCluster: 'main', topic: 'orders.audit' } },
      '/audit/topic',
    ],
    [
      'an audit log of Kubernetes without a Kafka to put it in',
      { audit: { kubernetes: { tokenSecret: { name: 'token' } } } },
      '/audit/kafkaCluster',
    ],
    ['a Prometheus with a password in its address', { prometheusUrl: 'http://me:hunter2@prometheus' }, '/prometheusUrl'],
    ['a CA that is none', { bootstrapCa: 'trust me' }, '/bootstrapCa'],
    ['Secrets by halves', { kubernetes: { readSecrets: 'some' } }, '/kubernetes/readSecrets'],
  ],
  platform: [
    ['a range of versions', { components: { strimzi: { version: '1.x' } } }, '/components/strimzi/version'],
    [
      'a version that follows',
      { components: { 'cert-manager': { version: '>=1.21.0' } } },
      '/components/cert-manager/version',
    ],
    [
      'a chart by an open protocol',
      { components: { strimzi: { source: 'http://charts.example.org' } } },
      '/components/strimzi/source',
    ],
    ['a component that there is not', { components: { vault: { enabled: true } } }, 'vault'],
    ['a cluster without a name, whose DNS records nobody owns', { clusterName: '' }, '/clusterName'],
    ['no domain', { domain: '' }, '/domain'],
    ['a cloud without a region', { provider: 'aws', aws: { region: '' } }, '/aws/region'],
    ['a cloud that is not served', { provider: 'gcp' }, '/provider'],
    ['a role that is none', { aws: { roles: { externalDns: 'admin' } } }, '/aws/roles/externalDns'],
    ['images by a prefix that others can buy', { allowedImages: ['quay.io/strimzi'] }, '/allowedImages/0'],
    ['an interval that is none', { interval: 'often' }, '/interval'],
  ],
  cluster: [
    [
      'a disk on AWS that is not encrypted',
      { storageClasses: [{ name: 'x', provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp3' } }] },
      '/storageClasses/0/parameters',
    ],
    [
      'a disk on AWS that says it is not',
      { storageClasses: [{ name: 'x', provisioner: 'ebs.csi.aws.com', parameters: { encrypted: 'false' } }] },
      '/storageClasses/0/parameters/encrypted',
    ],
    [
      'a class that lets data go',
      { storageClasses: [{ name: 'x', provisioner: 'y', reclaimPolicy: 'Delete' }] },
      'reclaimPolicy',
    ],
    ['an issuer of no kind', { issuers: [{ name: 'x' }] }, '/issuers/0'],
    [
      'an issuer of two kinds',
      {
        issuers: [
          { name: 'x', ca: { secretName: 'a' }, acme: { server: 'https://a', email: 'a@b', dns01: { route53: {} } } },
        ],
      },
      '/issuers/0',
    ],
    [
      'ACME over an open protocol',
      { issuers: [{ name: 'x', acme: { server: 'http://a', email: 'a@b', dns01: { route53: {} } } }] },
      '/issuers/0/acme/server',
    ],
    ['a policy that does nothing', { policies: { actions: [] } }, '/policies/actions'],
    ['policies for all namespaces', { policies: { namespacePrefix: '' } }, '/policies/namespacePrefix'],
    [
      'images by a prefix that others can buy',
      { policies: { allowedImages: ['registry.example.org'] } },
      '/policies/allowedImages/0',
    ],
  ],
}

const CASES = CHARTS.flatMap(({ chart }) => REFUSALS[chart].map(([what, change, word]) => ({ chart, what, change, word })))

describe('a mistake is refused with the path of the value', () => {
  it.each(CASES)('$chart: $what', ({ chart, change, word }) => {
    const example = EXAMPLES.find((each) => each.chart === chart)
    if (example === undefined) throw new Error(`There is no example of ${chart}.`)
    expect(problemsOf(chart, mergeValues(valuesOf(example), change)).join('\n')).toContain(word)
  })
})

describe('every value', () => {
  it.each(CHARTS)(
    'of $chart is in the schema with a description, and every map of the schema has its default',
    ({ chart }) => {
      const schema = readSchema(chart)
      const missing: string[] = []
      const walk = (node: Json, defaults: Json, path: string) => {
        for (const [name, child] of Object.entries<Json>(node.properties ?? {})) {
          if (path === '' && name === 'global') continue
          const at = `${path}${name}`
          if (defaults?.[name] === undefined) missing.push(`${at} has no default in values.yaml`)
          if (child.properties === undefined && child.description === undefined) missing.push(`${at} has no description`)
          walk(child, defaults?.[name], `${at}.`)
        }
      }
      walk(schema, readYaml(`${chart}/values.yaml`), '')
      expect(missing).toEqual([])
    },
  )
})
