// SPDX-License-Identifier: Apache-2.0
/**
 * Names and the one rule of the gateway's view: physical name = `<tenant>.<name>` (design 6.2). A tenant name has no dot, so
 * the first dot always ends it and no tenant's prefix is the beginning of another's.
 */
import { KaasError } from '@kaas/errors'

const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/
const KAFKA_NAME = /^[a-zA-Z0-9._-]+$/

/** The longest tenant name, in characters. */
export const LONGEST_TENANT_NAME = 32
/** Kafka's limit for a physical topic name, in characters. */
export const LONGEST_PHYSICAL_TOPIC_NAME = 249

/** Names that no tenant may have, each with the reason. Its namespace in Kubernetes is `kaas-<tenant>`, and these are taken there. */
export const RESERVED_TENANT_NAMES: ReadonlyMap<string, string> = new Map([
  ['system', 'The namespace kaas-system holds the control plane and the gateway.'],
  ['classes', 'The namespace kaas-classes holds what clusters of tenants are made from.'],
])

/** Throws `name-invalid` for a name of `RESERVED_TENANT_NAMES`. */
export function refuseReservedTenant(name: string): void {
  const why = RESERVED_TENANT_NAMES.get(name)
  if (why !== undefined) throw nameError(name, 'a tenant', why)
}

/** Whether `name` can name a tenant, a team or a cluster. */
export function isLabel(name: string): boolean {
  return name.length <= LONGEST_TENANT_NAME && LABEL.test(name)
}

/** Returns `name` if it is a DNS label of at most 32 characters; throws `name-invalid` otherwise. For tenants, teams and clusters. */
export function parseLabel(name: string, what: string): string {
  if (name.length > LONGEST_TENANT_NAME) {
    throw nameError(name, what, `It has ${name.length} characters; at most ${LONGEST_TENANT_NAME} are allowed.`)
  }
  if (!LABEL.test(name)) throw nameError(name, what, 'Only a-z, 0-9 and - are allowed, and - neither first nor last.')
  return name
}

/** Returns `name` if Kafka takes it as a topic of `tenant`; throws `name-invalid` otherwise. */
export function parseTopicName(name: string, tenant: string): string {
  const longest = LONGEST_PHYSICAL_TOPIC_NAME - tenant.length - 1
  if (name.length > longest) {
    throw nameError(name, 'a topic', `It has ${name.length} characters; at most ${longest} are allowed for this tenant.`)
  }
  if (name === '.' || name === '..') throw nameError(name, 'a topic', 'Kafka keeps these two for itself.')
  if (!KAFKA_NAME.test(name)) throw nameError(name, 'a topic', 'Only a-z, A-Z, 0-9, ".", "_" and "-" are allowed.')
  return name
}

/** Returns `name` if it can name a Kafka user of a tenant: a DNS label of at most 64 characters. */
export function parseUserName(name: string): string {
  if (name.length > 64 || !LABEL.test(name)) {
    throw nameError(name, 'a user', 'Use at most 64 of a-z, 0-9 and -, and - neither first nor last.')
  }
  return name
}

/** Returns `name` if it can name a share of a topic: a DNS label of at most 64 characters. */
export function parseShareName(name: string): string {
  if (name.length > 64 || !LABEL.test(name)) {
    throw nameError(name, 'a share', 'Use at most 64 of a-z, 0-9 and -, and - neither first nor last.')
  }
  return name
}

/** `<tenant>.<name>`: what a topic, group, transactional id or user is called on the physical cluster. */
export function physicalName(tenant: string, name: string): string {
  return `${tenant}.${name}`
}

/** The prefix that all physical names of a tenant share, dot included. */
export function prefixOf(tenant: string): string {
  return `${tenant}.`
}

/** The name inside the tenant, or undefined when `physical` belongs to another tenant or to none. */
export function logicalName(tenant: string, physical: string): string | undefined {
  return physical.startsWith(`${tenant}.`) ? physical.slice(tenant.length + 1) : undefined
}

/** The tenant of a full user name `<tenant>.<name>`, or undefined without a dot after at least one character. */
export function tenantOf(fullName: string): string | undefined {
  const dot = fullName.indexOf('.')
  return dot > 0 ? fullName.slice(0, dot) : undefined
}

function nameError(name: string, what: string, why: string): KaasError {
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name
  return new KaasError('name-invalid', {
    message: `"${shown}" cannot name ${what}. ${why}`,
    help: 'Choose another name, for example "orders" or "payments-eu".',
  })
}
