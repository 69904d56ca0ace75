// SPDX-License-Identifier: Apache-2.0
/** Tenants with Kafka of their own that are being deleted: one step after the other, each by removing files or objects. Volumes stay. */
import type { ClusterWatch, ObservedObject } from '@kaas/kube'
import type { StoredResource } from '@kaas/store'
import { isMap, parseAllDocuments, stringify } from 'yaml'
import { pluralOf } from '../../../code/watched-kinds.ts'
import { working } from '../../conditions.ts'
import { LOOK_AGAIN_MS, WAIT_MS } from '../../intervals.ts'
import type { KindReconciler, Report, RunContext } from '../../run-context.ts'
import { saveObserved } from '../../save-observed.ts'
import { keyOf } from '../../save-report.ts'
import { authorOf } from '../author-of.ts'
import { mirror } from '../mirror.ts'
import { observeRemoval, type RemovalObservation } from './observe-removal.ts'
import { KEPT_TOPIC, type RemovalState, stateOfRemoval } from './state-of-removal.ts'

/** States in which something can be done are the actions as well: they carry all that is needed. */
export type RemovalAction = Exclude<RemovalState, { kind: 'Unwatched' | 'Unreachable' | 'Waiting' | 'ChildrenLeft' }>

export const removalReconciler: KindReconciler<'Tenant', RemovalObservation, RemovalState, RemovalAction> = {
  observe: observeRemoval,
  stateOf: stateOfRemoval,
  actionFor: actionForRemoval,
  reportOf: reportOfRemoval,
  act,
  told: mirror,
}

/** Undefined where others work or somebody must change something. */
export function actionForRemoval(state: RemovalState): RemovalAction | undefined {
  switch (state.kind) {
    case 'Unwatched':
    case 'Unreachable':
    case 'Waiting':
    case 'ChildrenLeft':
      return undefined
    default:
      return state as RemovalAction
  }
}

function reportOfRemoval({ tenant }: RemovalObservation, state: RemovalState): Report {
  const verdict = working('Deleting', state.reason, state.reason)
  const unknown = { ...verdict.Ready, status: 'Unknown' } as const
  const unsure = state.kind === 'Unreachable' || state.kind === 'Unwatched'
  return {
    verdict: unsure ? { ...verdict, Provisioned: unknown, Ready: unknown } : verdict,
    observed: { ...tenant.status?.observed },
    againInMs: state.kind === 'Unwatched' ? LOOK_AGAIN_MS : WAIT_MS,
  }
}

async function act(context: RunContext, tenant: StoredResource<'Tenant'>, action: RemovalAction): Promise<void> {
  const { code, store } = context
  switch (action.kind) {
    case 'FluxWaitsInVain':
      context.log.warn({ tenant: tenant.name }, 'the cluster of a tenant that is being deleted is gone; its removal goes on')
      return await applyTo(await code?.clusters?.management(tenant.name), action.objects, { spec: { suspend: true } })
    case 'TopicsHeld': {
      const annotations = { [KEPT_TOPIC]: 'false' }
      return await applyTo(await kafkaWatch(context, tenant), action.objects, { metadata: { annotations } })
    }
    case 'AccessInGit':
    case 'KafkaInGit':
      return await removeFolder(context, tenant, action)
    case 'ClusterInGit':
    case 'RestInGit':
      return await changeFiles(context, tenant, 'remove', removed(action.paths))
    case 'AccessGone':
      return await letChildrenGo(context, tenant)
    case 'ObjectsKept': {
      const inKafka = action.where === 'kafka'
      const watch = inKafka ? await kafkaWatch(context, tenant) : await code?.clusters?.management(tenant.name)
      for (const object of action.objects) await watch?.remove({ ...object, plural: pluralOf(object.kind) })
      return
    }
    case 'Gone':
      await code?.clusters?.forget(tenant.name)
      await store.removeResource(keyOf(tenant), tenant.uid)
      return
    default:
      return action satisfies never
  }
}

/** Topics and users go when this is known; each looks at its tenant. */
async function letChildrenGo({ store }: RunContext, tenant: StoredResource<'Tenant'>): Promise<void> {
  await saveObserved(store, tenant, { accessGone: true })
  await store.requestWork({ tenant: tenant.name })
}

/** The cluster in which Kafka runs. */
async function kafkaWatch(
  { code }: RunContext,
  { name, spec }: StoredResource<'Tenant'>,
): Promise<ClusterWatch | undefined> {
  return spec.isolation === 'cluster' ? await code?.clusters?.ofTenant(name) : await code?.clusters?.management(name)
}

/** Sets the same fields on several objects; others own the rest of them. */
async function applyTo(
  watch: ClusterWatch | undefined,
  objects: readonly ObservedObject[],
  fields: { readonly metadata?: object; readonly spec?: object },
): Promise<void> {
  for (const { apiVersion, kind, namespace, name } of objects) {
    await watch?.apply({ apiVersion, kind, ...fields, metadata: { ...fields.metadata, name, namespace } })
  }
}

type Files = ReadonlyMap<string, string | undefined>

async function changeFiles(
  context: RunContext,
  tenant: StoredResource<'Tenant'>,
  verb: string,
  files: Files,
): Promise<void> {
  const author = await authorOf(context.store, tenant)
  await context.code?.files.change(tenant, { author, verb }, files)
  await context.code?.clusters?.nudge(tenant.name)
}

/** The folder and, from the tenant's Flux objects, the Kustomization that applies it: without it Flux would only miss the folder. */
async function removeFolder(
  context: RunContext,
  tenant: StoredResource<'Tenant'>,
  { folder, paths }: Extract<RemovalAction, { kind: 'AccessInGit' | 'KafkaInGit' }>,
): Promise<void> {
  const flux = `flux/tenants/${tenant.name}.yaml`
  const text = await context.code?.repository.read(flux)
  const rest = text === undefined ? [] : [[flux, withoutKustomization(text, `${tenant.name}-${folder}`)] as const]
  const files = new Map<string, string | undefined>([...removed(paths), ...rest])
  await changeFiles(context, tenant, folder === 'access' ? 'remove topics and users of' : 'remove Kafka of', files)
}

function removed(paths: readonly string[]): Files {
  return new Map(paths.map((path) => [path, undefined]))
}

/** The file without one of its Kustomizations; undefined when nothing else is in it. */
export function withoutKustomization(text: string, name: string): string | undefined {
  const documents = parseAllDocuments(text).filter(({ contents }) => isMap(contents))
  const rest = documents.filter(
    (document) => document.getIn(['kind']) !== 'Kustomization' || document.getIn(['metadata', 'name']) !== name,
  )
  if (rest.length === 0) return undefined
  const header = text.startsWith('#') ? `${text.split('\n')[0]}\n` : ''
  return header + rest.map((document) => stringify(document.toJS(), { lineWidth: 0 })).join('---\n')
}
