// SPDX-License-Identifier: Apache-2.0
/** The listeners of a dedicated cluster: one inside by certificate, and one outside for each way in which users log in. */
import { type Because, constraintNamed, reasonOf } from './manifest.ts'
import { bootstrapHostOf, brokerHostOf, type ExternalLogin, listenerSecretOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The port of each listener in the pod. */
export const PORTS = { internal: 9093, tls: 9094, 'scram-sha-512': 9095 } as const

const NAMES = { internal: 'internal', tls: 'external', 'scram-sha-512': 'scram' } as const

/** The ways in which users log in from outside, in the order of their ports; by certificate while there is no user. */
export function externalLogins({ users }: CheckedInput): readonly ExternalLogin[] {
  const used = (['tls', 'scram-sha-512'] as const).filter((login) => users.some(({ spec }) => spec.authentication === login))
  return used.length === 0 ? ['tls'] : used
}

/** `spec.kafka.listeners`. All speak TLS. */
export function listenersFor(input: CheckedInput): readonly object[] {
  const internal = {
    name: NAMES.internal,
    port: PORTS.internal,
    type: 'internal',
    tls: true,
    authentication: { type: 'tls' },
    configuration: { maxConnections: connectionsPerBroker(input) },
  }
  return [internal, ...externalLogins(input).map((login) => externalListener(input, login))]
}

/** Why the listeners take as many connections as they do. */
export function listenerReasons(input: CheckedInput): readonly Because[] {
  const reason = `${reasonOf(constraintNamed(input.plan, 'connections'))}, by ${input.plan.brokers} brokers`
  return listenersFor(input).map((_, index) => ({
    path: ['spec', 'kafka', 'listeners', index, 'configuration', 'maxConnections'],
    reason,
  }))
}

function connectionsPerBroker({ plan }: CheckedInput): number {
  return Math.ceil(constraintNamed(plan, 'connections').demand / plan.brokers)
}

function externalListener(input: CheckedInput, login: ExternalLogin): object {
  const { tenant, platform } = input
  const bootstrap = bootstrapHostOf(tenant, platform, login)
  const broker = brokerHostOf(tenant, platform, login)
  const secret = { secretName: listenerSecretOf(tenant), certificate: 'tls.crt', key: 'tls.key' }
  const configuration = { brokerCertChainAndKey: secret, maxConnections: connectionsPerBroker(input) }
  const listener = { name: NAMES[login], port: PORTS[login], type: platform.external.type, tls: true }
  const authentication = { type: login }
  if (platform.external.type === 'tlsroute') {
    const { name, namespace, sectionName } = platform.external.gateway
    const parent = { name, namespace, ...(sectionName === undefined ? {} : { sectionName }) }
    return {
      ...listener,
      authentication,
      configuration: { ...configuration, parentRefs: [parent], bootstrap: { host: bootstrap }, hostTemplate: broker },
    }
  }
  const { annotations, sourceRanges } = platform.external
  return {
    ...listener,
    authentication,
    configuration: {
      ...configuration,
      ...(sourceRanges.length === 0 ? {} : { loadBalancerSourceRanges: sourceRanges }),
      finalizers: ['service.kubernetes.io/load-balancer-cleanup'],
      bootstrap: { alternativeNames: [bootstrap], annotations: { ...annotations, ...dnsAnnotations(bootstrap) } },
      advertisedHostTemplate: broker,
      perBrokerAnnotationsTemplate: { ...annotations, ...dnsAnnotations(broker) },
    },
  }
}

/** external-dns reads the first name from 0.22 on and the second before it. */
function dnsAnnotations(host: string): Readonly<Record<string, string>> {
  return { 'external-dns.kubernetes.io/hostname': host, 'external-dns.alpha.kubernetes.io/hostname': host }
}
