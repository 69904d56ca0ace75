// SPDX-License-Identifier: Apache-2.0
/** Writes intent: the row, the work that follows, audit, event and snapshot version, all or nothing. */
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ResourceKind, RoleBindingSpec } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { checkGeneration } from '../check-generation.ts'
import { type Connection, inTransaction, json } from '../database.ts'
import { lockReceiver } from '../lock-receiver.ts'
import { isKey, recordEvents, recordSnapshotChange, recordWork } from '../record.ts'
import { type ResourceIntent, renderKey, type StoredHead, type StoredResource } from '../resource.ts'
import { keyColumns, resourceOfRow } from '../resource-row.ts'
import type { SaveOptions, SaveOutcome } from '../store.ts'
import { loadResource } from './load-resource.ts'
import { saveAudit } from './save-audit.ts'

/** See Store. An intent that equals the stored one changes nothing, not even the audit log. */
export function saveResource<K extends ResourceKind>(
  connection: Connection,
  auditKey: Buffer,
  intent: ResourceIntent<K>,
  options: SaveOptions,
): Promise<SaveOutcome<K>> {
  return inTransaction(connection, async (db) => {
    await lockReceiver(db, intent.key)
    const before = await loadResource(db, intent.key, true)
    checkUnchanged(intent.key, before, options.expectedGeneration)
    if (before !== undefined && isSame(intent, before)) return { outcome: 'unchanged', before, resource: before }
    const resource = before === undefined ? await insert(db, intent) : await update(db, intent, before)
    // Nothing was there to lock, so another writer can have been faster; now its row is there.
    if (resource === undefined) return await saveResource(db, auditKey, intent, options)
    await record(db, before, resource)
    const documents = { before: before && documentOf(before), after: documentOf(resource) }
    await saveAudit(db, auditKey, { ...options.audit, ...placeOfBinding(resource), ...documents })
    return before === undefined ? { outcome: 'created', resource } : { outcome: 'updated', before, resource }
  })
}

async function record(db: Connection, before: Stored | undefined, resource: Stored): Promise<void> {
  await recordWork(db, isKey(resource))
  await recordEvents(db, before === undefined ? 'created' : 'updated', [resource], before)
  await recordSnapshotChange(db, resource, before)
}

type Stored = StoredHead & { readonly spec: unknown }

/** Throws `resource-changed` unless the stored generation is the expected one, and for a resource that is being deleted. */
function checkUnchanged(
  key: ResourceIntent['key'],
  stored: { readonly generation: number; readonly deletionRequestedAt?: Date } | undefined,
  expected: number | undefined,
): void {
  checkGeneration(key, stored, expected)
  if (stored?.deletionRequestedAt === undefined) return
  throw new KaasError('resource-changed', {
    message: `${renderKey(key)} is being deleted.`,
    help: 'Wait until it is gone, then create it again.',
  })
}

/** Where a binding holds, so that those who work there see in the audit log who was bound. Nothing for other kinds. */
export function placeOfBinding({ kind, spec }: Stored): { readonly team?: string; readonly tenant?: string } {
  const scope = kind === 'RoleBinding' ? (spec as RoleBindingSpec).scope : 'platform'
  return scope === 'platform' ? {} : scope
}

/** What audit keeps of a resource. */
export function documentOf(resource: Stored) {
  const { generation, spec, labels, annotations } = resource
  return { generation, spec, labels, annotations }
}

type Content = Pick<ResourceIntent, 'labels' | 'annotations'> & { readonly spec: unknown }

function isSame(intent: Content, stored: Content): boolean {
  const asJson = ({ spec, labels, annotations }: Content): unknown => JSON.parse(json([spec, labels, annotations]))
  return isDeepStrictEqual(asJson(intent), asJson(stored))
}

function columnsOf({ spec, labels, annotations }: Content) {
  return { spec: json(spec), labels: json(labels), annotations: json(annotations) }
}

async function insert<K extends ResourceKind>(
  db: Connection,
  intent: ResourceIntent<K>,
): Promise<StoredResource<K> | undefined> {
  const row = await db
    .insertInto('resources')
    .values({ ...keyColumns(intent.key), uid: randomUUID(), generation: 1, ...columnsOf(intent) })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : resourceOfRow<K>(row)
}

async function update<K extends ResourceKind>(
  db: Connection,
  intent: ResourceIntent<K>,
  before: StoredResource<K>,
): Promise<StoredResource<K>> {
  const row = await db
    .updateTable('resources')
    .set((eb) => ({ ...columnsOf(intent), generation: before.generation + 1, updated_at: eb.fn('now') }))
    .where('kind', '=', intent.key.kind)
    .where('tenant', '=', intent.key.tenant ?? '')
    .where('name', '=', intent.key.name)
    .returningAll()
    .executeTakeFirstOrThrow()
  return resourceOfRow<K>(row)
}
