// SPDX-License-Identifier: Apache-2.0
/** Objects with one mistake each, and the words in which an API server refuses them. They prove that what is taken was judged. */
import type { Applied } from '../lane/kube-api.ts'

interface Refused {
  readonly what: string
  readonly object: Applied
  readonly words: RegExp
}

const metadata = { name: 'mistaken', namespace: 'default' }
const strimzi = (kind: string, spec: object): Applied => ({ apiVersion: 'kafka.strimzi.io/v1', kind, metadata, spec })
const listener = { name: 'tls', port: 9093, type: 'internal', tls: true }

/** Each with one mistake. */
export const REFUSED: readonly Refused[] = [
  {
    what: 'a pool with a role that is misspelled',
    object: strimzi('KafkaNodePool', { replicas: 3, roles: ['brokerr'], storage: { type: 'jbod', volumes: [] } }),
    words: /supported values: "controller", "broker"/,
  },
  {
    what: 'metrics without their source, by a rule in CEL',
    object: strimzi('Kafka', { kafka: { listeners: [listener], metricsConfig: { type: 'jmxPrometheusExporter' } } }),
    words: /valueFrom property is required/,
  },
  {
    what: 'a listener on port 80',
    object: strimzi('Kafka', { kafka: { listeners: [{ ...listener, port: 80 }] } }),
    words: /greater than or equal to 9092/,
  },
  {
    what: 'fields of ZooKeeper times',
    object: strimzi('Kafka', { kafka: { listeners: [listener] }, zookeeper: { replicas: 3 } }),
    words: /\.spec\.zookeeper: field not declared in schema/,
  },
  {
    what: 'the API before Strimzi 1.0',
    object: { ...strimzi('Kafka', { kafka: { listeners: [listener] } }), apiVersion: 'kafka.strimzi.io/v1beta2' },
    words: /knows no kind Kafka/,
  },
  {
    what: 'a topic without partitions',
    object: strimzi('KafkaTopic', { partitions: 0, replicas: 3 }),
    words: /greater than or equal to 1/,
  },
  {
    what: 'a user with a negative quota',
    object: strimzi('KafkaUser', { authentication: { type: 'tls' }, quotas: { producerByteRate: -1 } }),
    words: /greater than or equal to 0/,
  },
  {
    what: 'a release without a chart, by a rule in CEL',
    object: { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata, spec: { interval: '10m' } },
    words: /either chart or chartRef must be set/,
  },
  {
    what: 'a repository by FTP that is looked at "often"',
    object: {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: { url: 'ftp://127.0.0.1/tenants.git', interval: 'often' },
    },
    words: /should match/,
  },
  {
    what: 'a certificate with an unknown algorithm',
    object: {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata,
      spec: { secretName: 'x', issuerRef: { name: 'ca' }, privateKey: { algorithm: 'RSAX' } },
    },
    words: /Unsupported value/,
  },
  {
    what: 'a monitor with an interval in words',
    object: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata,
      spec: { selector: {}, podMetricsEndpoints: [{ port: 'http', interval: 'thirty' }] },
    },
    words: /should match/,
  },
  {
    what: 'a machine deployment with replicas in words',
    object: {
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'MachineDeployment',
      metadata,
      spec: { clusterName: '', replicas: 'three' },
    },
    words: /expected numeric|must be of type integer/,
  },
]
