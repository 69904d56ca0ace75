// SPDX-License-Identifier: Apache-2.0
/**
 * How one tenant sees names, by the kind of name (design 6.2): physical = `<tenant>.<name>`, but for topics that others share with it,
 * which have the name of the share. Pure; which fields carry names is told by the descriptions of messages. The empty text names
 * nothing and stays empty both ways, so that Kafka refuses it as ever.
 */
import { logicalName, physicalName, prefixOf, type SnapshotTenant } from '@kaas/domain'
import type { NameKind } from '@kaas/kafka-protocol'
import { type SharedNames, sharedNamesOf } from './shared-names.ts'
import { anchorRegex, unanchorRegex } from './topic-regex.ts'

/** Both directions for one tenant. */
export interface NameView {
  /** `<tenant>.` */
  readonly prefix: string
  /** Topics that have their names from shares. */
  readonly shared: SharedNames
  toPhysical(kind: NameKind, name: string): string
  /** A name of another tenant becomes empty: what holds it should have been dropped before, see `drop-foreign-names.ts`. */
  toLogical(kind: NameKind, name: string): string
  /** Whether `name`, as the broker says it, is not this tenant's and not shared with it. */
  isForeign(kind: NameKind, name: string): boolean
}

const PRINCIPAL_TYPE = 'User:'

const views = new WeakMap<SnapshotTenant, NameView>()

/** The view of `tenant`; made once for each tenant of a snapshot. */
export function nameViewOf(tenant: SnapshotTenant): NameView {
  const known = views.get(tenant)
  if (known !== undefined) return known
  const fresh = createNameView(tenant)
  views.set(tenant, fresh)
  return fresh
}

function createNameView(tenant: SnapshotTenant): NameView {
  const prefix = prefixOf(tenant.name)
  const shared = sharedNamesOf(tenant)
  // A whole name starts here, and something follows: "metadata." at the end of a sentence is no name of the tenant "metadata".
  const mention = new RegExp(`(?<![A-Za-z0-9._-])${tenant.name}\\.(?=\\S)`, 'g')
  return {
    prefix,
    shared,
    toPhysical: (kind, name) => physicalOf(kind, name, tenant.name, prefix, shared),
    toLogical: (kind, name) => logicalOf(kind, name, tenant.name, prefix, shared, mention),
    isForeign: (kind, name) => isForeign(kind, name, prefix, shared),
  }
}

function physicalOf(kind: NameKind, name: string, tenant: string, prefix: string, shared: SharedNames): string {
  switch (kind) {
    case 'topic':
      return name === '' ? '' : (shared.physicalOf(name) ?? physicalName(tenant, name))
    case 'group':
    case 'transactionalId':
    case 'user':
      return name === '' ? '' : physicalName(tenant, name)
    case 'principal':
      return name.startsWith(PRINCIPAL_TYPE) ? `${PRINCIPAL_TYPE}${prefix}${name.slice(PRINCIPAL_TYPE.length)}` : name
    case 'topicRegex':
      return name === '' ? '' : anchorRegex(prefix, name, shared.others)
    case 'transactionalIdRegex':
      return name === '' ? '' : anchorRegex(prefix, name)
    case 'errorText':
      return name
  }
}

function logicalOf(
  kind: NameKind,
  name: string,
  tenant: string,
  prefix: string,
  shared: SharedNames,
  mention: RegExp,
): string {
  switch (kind) {
    case 'topic':
      return shared.logicalOf(name) ?? logicalName(tenant, name) ?? ''
    case 'group':
    case 'transactionalId':
    case 'user':
      return logicalName(tenant, name) ?? ''
    case 'principal':
      return isForeign(kind, name, prefix, shared)
        ? ''
        : `${PRINCIPAL_TYPE}${name.slice(PRINCIPAL_TYPE.length + prefix.length)}`
    case 'topicRegex':
    case 'transactionalIdRegex':
      return unanchorRegex(prefix, name) ?? ''
    case 'errorText':
      return shared.inText(name).replace(mention, '')
  }
}

function isForeign(kind: NameKind, name: string, prefix: string, shared: SharedNames): boolean {
  switch (kind) {
    case 'topic':
      return name !== '' && !name.startsWith(prefix) && shared.logicalOf(name) === undefined
    case 'group':
    case 'transactionalId':
    case 'user':
      return name !== '' && !name.startsWith(prefix)
    case 'principal':
      return !name.startsWith(`${PRINCIPAL_TYPE}${prefix}`)
    case 'topicRegex':
    case 'transactionalIdRegex':
    case 'errorText':
      return false
  }
}
