// SPDX-License-Identifier: Apache-2.0
/** Where clients reach a Kafka of Strimzi, as its status says; never as it was ordered. Pure. */
import type { ObservedObject } from '../cluster-watch.ts'

/** How a listener lets users in. `none` has no log-in; `custom` is known only to who configured it. */
export type ListenerLogin = 'tls' | 'scram-sha-512' | 'custom' | 'none'

/** One listener that can be reached. */
export interface Endpoint {
  readonly listener: string
  readonly login: ListenerLogin
  /** Whether it can be reached from outside the Kubernetes cluster. */
  readonly isExternal: boolean
  /** `host:port`, several with commas, as clients take it. */
  readonly bootstrap: string
  /** Certificates to trust, as PEM; empty for a listener without TLS. */
  readonly certificates: readonly string[]
}

/** Every listener that the status shows with an address, in the order of the status. */
export function endpointsOf(kafka: ObservedObject): readonly Endpoint[] {
  const ordered = listOf((kafka.spec.kafka as { readonly listeners?: unknown } | undefined)?.listeners)
  return listOf(kafka.status.listeners).flatMap((listener): readonly Endpoint[] => {
    const { name, bootstrapServers } = listener
    if (typeof name !== 'string' || typeof bootstrapServers !== 'string' || bootstrapServers === '') return []
    const order = ordered.find((each) => each.name === name)
    const certificates = Array.isArray(listener.certificates)
      ? listener.certificates.filter((pem) => typeof pem === 'string')
      : []
    const isExternal = order !== undefined && order.type !== 'internal' && order.type !== 'cluster-ip'
    return [{ listener: name, login: loginOf(order), isExternal, bootstrap: bootstrapServers, certificates }]
  })
}

/** The endpoint for users who log in that way, the one from outside first; undefined while there is none. */
export function endpointOf(kafka: ObservedObject, login: ListenerLogin): Endpoint | undefined {
  const fitting = endpointsOf(kafka).filter((endpoint) => endpoint.login === login)
  return fitting.find(({ isExternal }) => isExternal) ?? fitting[0]
}

type Fields = Readonly<Record<string, unknown>>

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter((entry): entry is Fields => typeof entry === 'object' && entry !== null) : []
}

function loginOf(order: Fields | undefined): ListenerLogin {
  const type = (order?.authentication as { readonly type?: unknown } | undefined)?.type
  return type === 'tls' || type === 'scram-sha-512' || type === 'custom' ? type : 'none'
}
