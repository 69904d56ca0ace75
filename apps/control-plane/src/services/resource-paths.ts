// SPDX-License-Identifier: Apache-2.0
/** Names of resources in paths and in sentences. */
import { RESOURCE_KINDS, type ResourceKind } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { describeKind, resourcePath } from '@kaas/http-contract'
import type { ResourceKey } from '@kaas/store'

/** The path of a resource in the API: what audit calls its subject. */
export function subjectOf(key: ResourceKey): string {
  return resourcePath(describeKind(key.kind), key.name, key.tenant)
}

/** `resource-absent` for a key, saying how to see what there is. */
export function absentError(key: ResourceKey): KaasError {
  const { singular, plural } = RESOURCE_KINDS[key.kind]
  const where = key.tenant === undefined ? '' : ` in tenant "${key.tenant}"`
  const list = key.tenant === undefined ? '' : ` --tenant ${key.tenant}`
  return new KaasError('resource-absent', {
    message: `There is no ${singular} "${key.name}"${where}.`,
    help: `See what there is: kaas get ${plural}${list}.`,
  })
}

/** A reference in a document to something that must exist first. */
export function missingReference(path: string, kind: ResourceKind, name: string): KaasError {
  const { singular } = RESOURCE_KINDS[kind]
  const message = `There is no ${singular} "${name}".`
  return new KaasError('resource-absent', {
    message: `${path} names a ${singular} that does not exist: "${name}".`,
    help: `Create it first: kaas apply -f with kind ${kind} and name ${name}.`,
    fields: [{ path, message }],
  })
}
