// SPDX-License-Identifier: Apache-2.0
/** A `platform.yaml` to begin with: every field a person must decide, with what it decides. */

/** The clouds that a platform can be begun on. `none` is a Kubernetes cluster of one's own. */
export const PROVIDERS = ['aws', 'none'] as const
/** One of them. */
export type Provider = (typeof PROVIDERS)[number]
/** Who runs the control planes of tenants' clusters: the cloud, or machines of ours. */
export type Flavour = 'eks' | 'kubeadm'

/** What the text can be told; the rest is for the operator to look through. */
export interface TemplateFacts {
  readonly provider: Provider
  readonly region?: string | undefined
  readonly domain?: string | undefined
  /** How control planes of tenants with `isolation: cluster` are run; without it there are no such tenants. */
  readonly flavour?: Flavour | undefined
  /** Where the certificate authority writes. */
  readonly email?: string | undefined
  /** Number of the cloud account. */
  readonly account?: string | undefined
}

/** The annotated text, valid as it is. Without a domain it has one of nobody, which must be changed before the first order. */
export function platformTemplate({ provider, domain, ...facts }: TemplateFacts): string {
  const text = provider === 'aws' ? awsTemplate(facts) : ownTemplate()
  return `${domain === undefined ? HEAD : headFor(domain)}\n${text}`
}

function awsTemplate({ region = 'eu-central-1', flavour, account, email }: Omit<TemplateFacts, 'provider'>): string {
  const zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`).join(', ')
  return `# EBS volumes, made by the chart of the platform: encrypted, expandable, kept when their claim goes.
storageClass: kaas-gp3
${VERSIONS}
# Availability zones with nodes. A tenant's brokers are spread over them; add zones at the end, never take one away.
zones: [${zones}]
# The ClusterIssuer that signs the certificates of endpoints; charts/platform makes this one.
issuer: { name: letsencrypt }
# How clients outside of Kubernetes reach Kafka: a load balancer per broker and one more. The other way is one Gateway for all,
# which routes by host name: external: { type: tlsroute, gateway: { name: kafka, namespace: gateway } }
external:
  type: loadbalancer
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: external
    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ${flavour === 'kubeadm' ? 'instance' : 'ip'}
    # internet-facing opens endpoints to the internet; sourceRanges: [203.0.113.0/24] narrows it down.
    service.beta.kubernetes.io/aws-load-balancer-scheme: internal
${TAIL}${flavour === undefined ? '' : clustersOnAws({ flavour, region, account, email })}`
}

function ownTemplate(): string {
  return `# Volumes: encrypted, volumeBindingMode WaitForFirstConsumer, expandable, reclaim policy Retain.
storageClass: kaas-disks
${VERSIONS}
# Values of the label topology.kubernetes.io/zone of your nodes. Add zones at the end, never take one away.
zones: [zone-1, zone-2, zone-3]
# The ClusterIssuer of cert-manager that signs the certificates of endpoints.
issuer: { name: company-ca }
# How clients outside of Kubernetes reach Kafka: one Gateway for all, which routes by host name (SNI).
# The other way is a load balancer per broker and one more: external: { type: loadbalancer }
external:
  type: tlsroute
  gateway: { name: kafka, namespace: gateway }
${TAIL}`
}

const HEAD = `# What this platform offers to its tenants. kaas plans and renders with it; change it by a commit like any other.

# The DNS zone of all endpoints: tenant "shop" gets bootstrap.shop.kafka.example.org. CHANGE IT to a zone of yours.
domain: kafka.example.org`

function headFor(domain: string): string {
  return HEAD.replace(' CHANGE IT to a zone of yours.', '').replaceAll('kafka.example.org', domain)
}

const VERSIONS = `# Kafka of new tenants. A tenant may ask for another one with kafkaVersion.
kafkaVersion: 4.3.1
metadataVersion: 4.3-IV0`

const TAIL = `# When brokers may restart for renewed certificates: Quartz cron, UTC. Empty is at any time.
maintenanceWindows: ["* * 2-4 ? * SAT,SUN"]
`

/** Roles and profiles are made once per account; docs/guides/aws-from-zero.md has the commands. */
function clustersOnAws({ flavour, region, account = '123456789012', email }: Omit<TemplateFacts, 'provider'>): string {
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`
  return `# How a tenant with isolation: cluster gets a Kubernetes cluster of its own, by Cluster API.
clusters:
  provider: aws
  flavour: ${flavour}
  region: ${region}
  kubernetesVersion: v1.36.3
  # From where API servers of tenants may be reached, at least from the management cluster. CHANGE IT.
  apiSourceRanges: [203.0.113.0/24]
${
  flavour === 'eks'
    ? `  # Examples. See which there are: aws eks describe-addon-versions --kubernetes-version 1.36
  addons: { coredns: v1.13.1-eksbuild.1, eks-pod-identity-agent: v1.3.9-eksbuild.3, kube-proxy: v1.36.0-eksbuild.2, vpc-cni: v1.21.1-eksbuild.1 }
  # Roles that pods of every such cluster act as, by Pod Identity.
  roles: { dns: ${role('kaas-dns')}, disks: ${role('kaas-disks')}, loadBalancers: ${role('kaas-load-balancers')} }
`
    : `  # Instance profiles; pods of system nodes act as the role of this one.
  profiles: { system: kaas-system.cluster-api-provider-aws.sigs.k8s.io }
`
}${email === undefined ? '' : `  # Over the values of charts/platform in clusters of tenants.\n  values: { certificates: { email: ${email} } }\n`}`
}
