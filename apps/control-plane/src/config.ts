// SPDX-License-Identifier: Apache-2.0
/** What the control plane can be told from outside. Defaults are safe: loopback only, every caller needs a token. */
import { type ConfigOf, defineConfig, httpUrl, oneOf, path, port, text } from '@kaas/configuration'
import { parseDuration, RESERVED_TENANT_NAMES } from '@kaas/domain'
import { z } from 'zod'

const duration = text.transform(parseDuration)
const count = text.regex(/^\d{1,7}$/, 'it must be a whole number').transform(Number)
const addresses = text
  .transform((list) => list.split(',').map((each) => each.trim()))
  .pipe(z.array(z.url({ protocol: /^https?$/, error: 'each must be an http:// or https:// address' })))
const auditTopic = text.refine((name) => {
  const [first = '', ...rest] = name.split('.')
  return /^[\w.-]{1,249}$/.test(name) && (rest.length === 0 || RESERVED_TENANT_NAMES.has(first))
}, 'It begins with what could be the name of a tenant; write system. before it.')
/** Also of what is read from KAAS_DATABASE_URL_FILE. */
export const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'it must be a postgres:// address' })

/** Every variable, with what it is for. Secrets come as the path of a file. */
export const CONTROL_PLANE_CONFIG = defineConfig({
  KAAS_API_HOST: {
    schema: text,
    default: '127.0.0.1',
    example: '0.0.0.0',
    description:
      'Address that the API listens on. The API speaks plain HTTP: put TLS in front before it leaves the machine.',
  },
  KAAS_API_PORT: {
    schema: port,
    default: '8080',
    example: '18080',
    description: 'Port of the API. 0 takes a free one.',
  },
  KAAS_DATABASE_URL: {
    schema: databaseUrl.optional(),
    example: 'postgres://kaas@db.example.org:5432/kaas',
    description: 'PostgreSQL 15 or later. Unset, the embedded database in the state directory is used.',
  },
  KAAS_DATABASE_URL_FILE: {
    schema: path.optional(),
    example: '/run/secrets/database-url',
    description: 'File with the address of the database, for one that holds a password. Instead of KAAS_DATABASE_URL.',
    secretFile: true,
  },
  KAAS_STATE_DIR: {
    schema: path,
    default: '.kaas',
    example: '/var/lib/kaas',
    description: 'Directory of the embedded database. One process at a time.',
  },
  KAAS_CACHE_DIR: {
    schema: path.optional(),
    example: '/var/cache/kaas',
    description: 'Where an empty embedded database is kept to copy from. Default: kaas in the user’s cache folder.',
  },
  KAAS_TOKEN_FILE: {
    schema: path,
    example: '/run/secrets/kaas-token',
    description: 'File with the bearer token of the administrator and nothing else.',
    secretFile: true,
  },
  KAAS_SIGN_IN_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/sign-in.yaml',
    description:
      'File with identity providers and limits of sessions, in YAML or JSON: see the guide docs/guides/sign-in.md.',
  },
  KAAS_PUBLIC_URL: {
    schema: httpUrl.optional(),
    example: 'https://kaas.example.org',
    description: 'Address of the console in browsers, with https. Unset, people can sign in on this machine only.',
  },
  KAAS_BOOTSTRAP_PASSWORD_FILE: {
    schema: path.optional(),
    example: '/run/secrets/bootstrap-password',
    description:
      'File with the password of the bootstrap administrator, who signs in as administrator. Unset, she cannot sign in.',
    secretFile: true,
  },
  KAAS_TRUSTED_PROXIES: {
    schema: text.transform((value) => value.split(',').map((each) => each.trim())).optional(),
    example: '10.0.0.0/8,192.168.1.10',
    description:
      'Proxies whose X-Forwarded-For is believed: limits of sign-in and the audit log need the address behind them.',
  },
  KAAS_GATEWAY_TOKEN_FILE: {
    schema: path,
    example: '/run/secrets/gateway-token',
    description: 'File with the bearer token of the gateways, which may only read the snapshot.',
    secretFile: true,
  },
  KAAS_SECRETS_KEY_FILE: {
    schema: path,
    example: '/run/secrets/kaas-secrets.key',
    description:
      'File with the key that encrypts credentials: 32 bytes as hex or base64. Losing it means new passwords for all.',
    secretFile: true,
  },
  KAAS_CLUSTERS_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/clusters.json',
    description: 'File with KafkaCluster documents as a JSON list, written as intent at every start.',
  },
  KAAS_BOOTSTRAP_ADDRESS: {
    schema: text.optional(),
    example: 'kafka.example.org:9092',
    description:
      'Where Kafka clients reach the gateway. Shown in the status of every tenant; {tenant} stands for its name, where hosts tell tenants.',
  },
  KAAS_BOOTSTRAP_CA_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/gateway-ca.pem',
    description:
      'CA of the gateway’s certificate in PEM, for tests of connections, and told to clients; the CAs of the system when unset.',
  },
  KAAS_GATEWAY_METRICS_URLS: {
    schema: addresses.optional(),
    example: 'http://gateway-0.kaas-system:9100/metrics,http://gateway-1.kaas-system:9100/metrics',
    description:
      'Metrics pages of all gateways, joined by commas, for usage over time. Unset, usage is told from Kafka alone: without requests, connections and bytes out.',
  },
  KAAS_PROMETHEUS_URL: {
    schema: z.url({ protocol: /^https?$/, error: 'it must be an http:// or https:// address' }).optional(),
    example: 'http://prometheus.monitoring:9090',
    description:
      'Prometheus that scrapes the gateways. Set, charts of traffic are read from it instead of from the database.',
  },
  KAAS_SAMPLE_EVERY: {
    schema: duration,
    default: '1m',
    example: '30s',
    description: 'Between two samples of usage. Charts have one point for each minute, the last sample in it.',
  },
  KAAS_SERIES_THINGS: {
    schema: count,
    default: '20000',
    example: '100000',
    description: 'Most topics and groups whose usage is kept over time, of all tenants together. Tenants are always kept.',
  },
  KAAS_CONSOLE_DIR: {
    schema: path.optional(),
    example: '/srv/kaas/console',
    description:
      'Folder with the built console, served beside the API: “vite build apps/console” with KAAS_CONSOLE_OUT=<folder> makes one. Unset, there is no console.',
  },
  KAAS_GIT_URL: {
    schema: text.optional(),
    example: 'https://git.example.org/platform/tenants.git',
    description:
      'Repository of tenants: https, ssh, file, or a path. Unset, tenants with Kafka of their own cannot be ordered. No password in it.',
  },
  KAAS_GIT_BRANCH: {
    schema: text,
    default: 'main',
    example: 'production',
    description: 'Branch that Flux applies.',
  },
  KAAS_GIT_CREDENTIALS_FILE: {
    schema: path.optional(),
    example: '/run/secrets/git-credentials',
    description: 'File with user:token for a repository over HTTPS.',
    secretFile: true,
  },
  KAAS_GIT_CA_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/git-ca.pem',
    description: 'CA of the Git server over HTTPS, in PEM; the CAs of the system when unset.',
  },
  KAAS_GIT_SSH_KEY_FILE: {
    schema: path.optional(),
    example: '/run/secrets/git-key',
    description: 'File with the private key for a repository over SSH. Needs KAAS_GIT_KNOWN_HOSTS_FILE.',
    secretFile: true,
  },
  KAAS_GIT_KNOWN_HOSTS_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/known_hosts',
    description: 'File with the keys of SSH servers. A server that is not in it is refused.',
  },
  KAAS_GIT_POLL: {
    schema: duration,
    default: '5s',
    example: '30s',
    description: 'Between two looks at the repository for what others merged.',
  },
  KAAS_KUBECONFIG_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/kubeconfig',
    description:
      'File with the kubeconfig of the management cluster. Unset, what Kubernetes did with an order stays unknown.',
    secretFile: true,
  },
  KAAS_CLUSTER_GONE_AFTER: {
    schema: duration,
    default: '5m',
    example: '1h',
    description:
      'How long the own cluster of a tenant may be out of reach until the deletion of the tenant goes on without it.',
  },
  KAAS_EVENTS_KEPT: {
    schema: duration,
    default: '7d',
    example: '1d',
    description: 'How long the event stream can be resumed from.',
  },
  KAAS_AUDIT_KEPT: {
    schema: duration,
    default: '400d',
    example: '90d',
    description: 'How long audit records are kept in the database.',
  },
  KAAS_AUDIT_CLUSTER: {
    schema: text.optional(),
    example: 'main',
    description: 'Name of the KafkaCluster that gets the audit log as well. Unset, it stays in the database only.',
  },
  KAAS_AUDIT_TOPIC: {
    schema: auditTopic,
    default: 'system.audit',
    example: 'system.audit',
    description: 'Topic of the audit log; made when it is not there. Its name must not be one that a tenant could have.',
  },
  KAAS_AUDIT_TOPIC_KEPT: {
    schema: duration,
    default: '400d',
    example: '90d',
    description: 'How long records stay in the topic of the audit log.',
  },
  KAAS_KUBERNETES_AUDIT_TOKEN_FILE: {
    schema: path.optional(),
    example: '/run/secrets/kubernetes-audit-token',
    description:
      'File with the bearer token by which API servers of Kubernetes bring their audit log, and may do nothing else. Needs KAAS_AUDIT_CLUSTER. Unset, none is taken.',
    secretFile: true,
  },
  KAAS_KUBERNETES_AUDIT_TOPIC: {
    schema: auditTopic,
    default: 'system.audit.kubernetes',
    example: 'system.audit.kubernetes',
    description: 'Topic of the audit log of Kubernetes, in the same cluster and kept for as long as that of the audit log.',
  },
  KAAS_LOG_LEVEL: {
    schema: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
    example: 'debug',
    description: 'The least important lines that are logged.',
  },
})

/** The loaded configuration. */
export type ControlPlaneConfig = ConfigOf<typeof CONTROL_PLANE_CONFIG>
