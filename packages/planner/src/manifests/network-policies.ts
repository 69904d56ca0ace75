// SPDX-License-Identifier: Apache-2.0
/**
 * NetworkPolicies: nothing in or out, and then one policy per way that Kafka needs. Strimzi adds policies of its own for the ports
 * of Kafka; policies only ever add up, so those here hold even when the operator is told not to make any.
 */

import { externalLogins, PORTS } from './kafka-listeners.ts'
import type { KubernetesObject, Manifest } from './manifest.ts'
import { clusterLabelsOf, metadataOf } from './names-of.ts'
import { wayInOf } from './platform-user.ts'
import type { CheckedInput } from './tenant-input.ts'

const ofNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: 'TCP', port }))

/** Where the control plane runs unless the profile says otherwise. */
const CONTROL_PLANE = 'kaas-system'

/** All policies of the namespace. */
export function networkPoliciesFor(input: CheckedInput): readonly Omit<Manifest, 'path'>[] {
  const { tenant, platform } = input
  const ours = { matchLabels: { 'strimzi.io/cluster': clusterLabelsOf(tenant)['strimzi.io/cluster'] } }
  const brokers = { matchLabels: { ...ours.matchLabels, 'strimzi.io/broker-role': 'true' } }
  const specs: Readonly<Record<string, object>> = {
    'default-deny': { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    'allow-dns': {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ to: [ofNamespace('kube-system')], ports: [{ protocol: 'UDP', port: 53 }, ...tcp(53)] }],
    },
    'allow-cluster': {
      podSelector: ours,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: ours }] }],
      egress: [{ to: [{ podSelector: ours }] }],
    },
    'allow-operator': {
      podSelector: ours,
      policyTypes: ['Ingress'],
      ingress: [{ from: [ofNamespace(platform.operatorNamespace)], ports: tcp(8443, 9090, 9091) }],
    },
    'allow-api-server': {
      // Kafka reads its certificates from Secrets; the operators watch topics and users. The address is not known here.
      podSelector: ours,
      policyTypes: ['Egress'],
      egress: [{ ports: tcp(443, 6443) }],
    },
    'allow-monitoring': {
      podSelector: ours,
      policyTypes: ['Ingress'],
      ingress: [{ from: [ofNamespace(platform.monitoringNamespace)], ports: tcp(9404, 8080, 8081) }],
    },
    'allow-clients': { podSelector: brokers, policyTypes: ['Ingress'], ingress: clientRules(input) },
  }
  return Object.entries(specs).map(([name, spec]) => ({ object: policy(input, name, spec), because: [] }))
}

/** In-cluster clients by the team's label on their namespace, and the control plane; external ones by the way they come. */
function clientRules(input: CheckedInput): readonly object[] {
  const { tenant, platform } = input
  const { external } = platform
  const ports = tcp(...externalLogins(input).map((login) => PORTS[login]))
  const team = { namespaceSelector: { matchLabels: { 'kaas.dev/team': tenant.spec.team } } }
  const ours = wayInOf(input) === 'internal' ? [ofNamespace(platform.controlPlane?.namespace ?? CONTROL_PLANE)] : []
  const inside = { from: [team, ...ours], ports: tcp(PORTS.internal) }
  if (external.type === 'tlsroute') {
    return [inside, { from: [ofNamespace(external.gatewayNamespace ?? external.gateway.namespace)], ports }]
  }
  const ranges = external.sourceRanges.map((cidr) => ({ ipBlock: { cidr } }))
  return [inside, ranges.length === 0 ? { ports } : { from: ranges, ports }]
}

function policy({ tenant }: CheckedInput, name: string, spec: object): KubernetesObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadataOf(tenant, name), spec }
}
