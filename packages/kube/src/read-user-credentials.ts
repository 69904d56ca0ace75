// SPDX-License-Identifier: Apache-2.0
/**
 * Reads what a client needs to log in at a dedicated Kafka: the Secret that Strimzi's User Operator writes, and the certificates to trust.
 * Read when asked for, handed on, never kept.
 */
import type { ClusterWatch, ObservedObject } from './cluster-watch.ts'
import type { Endpoint } from './steps/endpoint-of.ts'

/** How a user logs in. `username` is the one that rights and quotas are written for; with TLS it is the common name of the certificate. */
export type UserCredentials =
  | { readonly kind: 'scram'; readonly username: string; readonly password: string; readonly mechanism: 'SCRAM-SHA-512' }
  | { readonly kind: 'tls'; readonly username: string; readonly certificatePem: string; readonly keyPem: string }

/**
 * The credentials of a KafkaUser, by its name. Undefined until the operator has written them whole. Throws `kubernetes-unavailable`,
 * `kubernetes-refused`.
 */
export async function readUserCredentials(
  watch: Pick<ClusterWatch, 'readSecret'>,
  namespace: string,
  user: string,
): Promise<UserCredentials | undefined> {
  const secret = await watch.readSecret(namespace, user)
  if (secret === undefined) return undefined
  const { password, 'user.crt': certificatePem, 'user.key': keyPem } = secret
  if (certificatePem && keyPem) return { kind: 'tls', username: user, certificatePem, keyPem }
  return password ? { kind: 'scram', username: user, password, mechanism: 'SCRAM-SHA-512' } : undefined
}

/**
 * What clients of an endpoint must trust, as PEM. Of a listener with a certificate of its own: the authority in its Secret, or without one
 * (a public authority) what the listener shows. Of others: the cluster's authority, with the ones before while they are replaced.
 * Undefined while there is nothing to trust. Throws as readUserCredentials does.
 */
export async function readAuthority(
  watch: Pick<ClusterWatch, 'readSecret'>,
  kafka: ObservedObject,
  endpoint: Endpoint,
): Promise<string | undefined> {
  const namespace = kafka.namespace ?? ''
  const shown = endpoint.certificates.length === 0 ? undefined : joined(endpoint.certificates)
  const own = ownSecretOf(kafka, endpoint.listener)
  if (own !== undefined) return (await watch.readSecret(namespace, own))?.['ca.crt'] || shown
  const secret = await watch.readSecret(namespace, `${kafka.name}-cluster-ca-cert`)
  const authorities = Object.entries(secret ?? {})
    .filter(([key, pem]) => /^ca(-.*)?\.crt$/.test(key) && pem !== '')
    .toSorted(([one], [other]) => (one === 'ca.crt' ? -1 : other === 'ca.crt' ? 1 : one < other ? -1 : 1))
  return authorities.length === 0 ? shown : joined(authorities.map(([, pem]) => pem))
}

function ownSecretOf(kafka: ObservedObject, listener: string): string | undefined {
  const { listeners } = (kafka.spec.kafka ?? {}) as { readonly listeners?: readonly ListenerOrder[] }
  return listeners?.find(({ name }) => name === listener)?.configuration?.brokerCertChainAndKey?.secretName
}

interface ListenerOrder {
  readonly name?: string
  readonly configuration?: { readonly brokerCertChainAndKey?: { readonly secretName?: string } }
}

function joined(certificates: readonly string[]): string {
  return certificates.map((pem) => (pem.endsWith('\n') ? pem : `${pem}\n`)).join('')
}
