// SPDX-License-Identifier: Apache-2.0
/** Gives up what was kept of a deleted tenant with Kafka of its own: its namespace, with the claims of its volumes. */
import { KaasError } from '@kaas/errors'
import { describeKind, type PurgeAnswer, resourcePath } from '@kaas/http-contract'
import { type Actor, auditOf } from './actor.ts'
import { notConfigured, notWatched } from './rules/check-dedicated.ts'
import type { ServiceParts } from './service-parts.ts'

/**
 * Throws `deletion-protected` unless `confirm` is the name, `resource-in-use` while the tenant exists or Git still has files of it,
 * `not-configured`, and what the management cluster throws.
 */
export async function purgeTenant(
  { store, code }: ServiceParts,
  name: string,
  { confirm, actor }: { readonly confirm: string; readonly actor: Actor },
): Promise<PurgeAnswer> {
  if (confirm !== name) {
    throw new KaasError('deletion-protected', {
      message: `The data kept of the tenant "${name}" would be lost for ever.`,
      help: `Repeat the name to give it up (API: {"confirm":"${name}"}).`,
    })
  }
  const known = code ?? notConfigured()
  const clusters = known.clusters ?? notWatched()
  if ((await store.loadResource({ kind: 'Tenant', name })) !== undefined) throw inUse(name, 'It still exists')
  if ((await known.files.pathsOf(name)).length > 0) throw inUse(name, 'Git still has files of it')
  const watch = await clusters.management(name)
  const namespace = `kaas-${name}`
  const objects = watch.objectsOf(name)
  const found = objects.find((object) => object.kind === 'Namespace' && object.name === namespace)
  const volumeClaims = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').length
  if (found === undefined) return { outcome: 'unchanged', namespace, volumeClaims: 0 }
  const subject = resourcePath(describeKind('Tenant'), name)
  await store.saveAudit({ ...auditOf(actor, 'purge', subject), before: { namespace, volumeClaims } })
  // The platform's policy lets a namespace with data go only when it says so itself.
  const metadata = { name: namespace, annotations: { 'kaas.dev/purge': name } }
  await watch.apply({ apiVersion: found.apiVersion, kind: found.kind, metadata })
  await watch.remove({ ...found, plural: 'namespaces' })
  return { outcome: 'purging', namespace, volumeClaims }
}

function inUse(name: string, why: string): KaasError {
  return new KaasError('resource-in-use', {
    message: `The data of the tenant "${name}" cannot be given up: ${why}.`,
    help: `Delete the tenant and wait until it is gone: kaas delete tenant ${name}, then kaas purge tenant ${name}.`,
  })
}
