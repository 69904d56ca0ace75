// SPDX-License-Identifier: Apache-2.0
/** Where a user connects and as whom, for the test of her connection: through the gateway, or straight to a Kafka of her tenant's own. */
import { namesOf, physicalName, proofOf, type TenantNames } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { type BrokerAddress, type ClientTls, type KafkaCredentials, parseBrokerAddress } from '@kaas/kafka-admin'
import type { Store, StoredResource } from '@kaas/store'
import type { TenantsAsCode } from '../../code/tenants-as-code.ts'
import { loadOwnConnection } from '../../services/load-connection.ts'
import { absentError } from '../../services/resource-paths.ts'
import { gatewayAddressOf } from '../../tenants/gateway-address.ts'
import { isDedicated } from '../../tenants/is-dedicated.ts'

/** Where clients come in, as the control plane was told. */
export interface ConnectionTestParts {
  readonly store: Store
  /** Undefined without a repository of tenants. */
  readonly code?: TenantsAsCode | undefined
  readonly bootstrapAddress?: string | undefined
  /** The CA of the gateway's certificate in PEM; those of the system when absent. */
  readonly caPem?: string | undefined
}

/** One way in. */
export interface ConnectionWay {
  readonly address: BrokerAddress
  /** With the certificate of the user where she logs in by one. */
  readonly tls: ClientTls
  readonly names: TenantNames
  /** What answers at the address, as messages say it. */
  readonly what: string
  readonly logIn: LogIn
}

/** How she logs in; without credentials by the certificate. `elsewhere`: only where she runs, and why. */
export type LogIn =
  | { readonly kind: 'here'; readonly credentials?: KafkaCredentials; readonly message: string }
  | { readonly kind: 'elsewhere'; readonly why: string }

type User = StoredResource<'User'>

/** Throws `resource-absent`, `not-configured` without an address of the gateway, and for an own Kafka what `loadOwnConnection` throws. */
export async function connectionWayOf(parts: ConnectionTestParts, user: User): Promise<ConnectionWay> {
  const key = { kind: 'Tenant', name: user.tenant ?? '' } as const
  const tenant = await parts.store.loadResource(key)
  if (tenant === undefined) throw absentError(key)
  const names = namesOf(tenant.name, tenant.spec.isolation)
  if (isDedicated(tenant)) return { names, ...(await ownWay(parts, tenant, user)) }
  const address = parseBrokerAddress(gatewayAddressOf(parts.bootstrapAddress ?? notConfigured(), tenant.name))
  const tls = parts.caPem === undefined ? {} : { caPem: parts.caPem }
  return { names, address, tls, what: 'the gateway', logIn: await gatewayLogIn(parts.store, user) }
}

async function ownWay({ code }: ConnectionTestParts, tenant: StoredResource<'Tenant'>, user: User) {
  const { bootstrap, caPem, login } = await loadOwnConnection(code, tenant, user)
  const address = parseBrokerAddress(bootstrap.split(',')[0] ?? bootstrap)
  const tls: ClientTls = caPem === undefined ? {} : { caPem }
  const at = { address, what: 'Kafka' }
  const { username } = login
  if (login.kind === 'tls') {
    const { certificatePem, keyPem } = login
    const message = `${username} is logged in by the certificate that Strimzi made.`
    return { ...at, tls: { ...tls, identity: { certificatePem, keyPem } }, logIn: { kind: 'here', message } as const }
  }
  if (login.password === undefined)
    return { ...at, tls, logIn: { kind: 'elsewhere', why: `${username} has no password.` } as const }
  const { mechanism, password } = login
  const message = `${username} is logged in by ${mechanism}, by the password that Strimzi made.`
  return { ...at, tls, logIn: { kind: 'here', credentials: { username, mechanism, password }, message } as const }
}

/** The stored salted password is enough. */
async function gatewayLogIn(store: Store, user: User): Promise<LogIn> {
  const proof = proofOf(user.spec.authentication)
  const username = physicalName(user.tenant ?? '', user.name)
  if (proof !== undefined) {
    const what = proof === 'certificate' ? 'a certificate whose key only she has' : 'a token of her identity provider'
    const why = `${username} logs in by ${what}, so log-in, produce and consume can only be tested where she runs.`
    return { kind: 'elsewhere', why }
  }
  const [entry] = await store.loadScramEntries({ kind: 'User', tenant: user.tenant ?? '', name: user.name })
  if (entry === undefined) return { kind: 'elsewhere', why: `${username} has no password.` }
  const { mechanism, salt, iterations, saltedPassword } = entry
  const message = `${username} is logged in by ${mechanism}, by the password that was made last for it.`
  return { kind: 'here', credentials: { username, mechanism, salted: { salt, iterations, saltedPassword } }, message }
}

function notConfigured(): never {
  throw new KaasError('not-configured', {
    message: 'The control plane was not told where clients reach the gateway.',
    help: 'Set KAAS_BOOTSTRAP_ADDRESS of the control plane.',
  })
}
