// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the documents of virtual tenants, and of teams, roles, bindings and policies, in Git, behind what happens: an order never waits
 * for it. From them an empty database can be rebuilt. Tenants with Kafka of their own are written by their reconciler.
 */
import { RESOURCE_KINDS } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'
import { renderDocumentText } from '@kaas/planner'
import type { Store, StoredResource, StoreEvent } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { commitAuthor, commitMessage } from '../code/commit-message.ts'
import { documentOf, loadIntent } from '../code/tenant-documents.ts'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { Alarm } from '../reconciler/alarm.ts'
import { authorOf } from '../reconciler/dedicated/author-of.ts'
import { tellDrift } from '../reconciler/dedicated/tell-drift.ts'
import { DEFAULT_TEAM } from '../services/ensure-defaults.ts'
import { claimOf } from '../tenants/claim.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { changedByOthers } from './changed-by-others.ts'

/** What the keeper works with. */
export interface KeeperParts {
  readonly store: Store
  readonly code: TenantsAsCode
  readonly log: Log
}

/** What has a file of its own, called after it, in a folder that is called as the kind is in paths. Clusters come with the configuration. */
const WITH_FILES = ['Team', 'Role', 'Policy', 'RoleBinding'] as const
type WithFile = (typeof WITH_FILES)[number]

const PAGE = 500
/** Wake-ups may be lost. */
const POLL_MS = 5_000
const AFTER_FAILURE_MS = 5_000

/** Owns its loop; `stop` resolves when the commit under way is made. */
export class DocumentKeeper {
  readonly #parts: KeeperParts
  readonly #alarm = new Alarm()
  readonly #waiting = new Set<string>()
  readonly #unsubscribe: () => void
  readonly #done: Promise<void>
  #sequence: number | undefined
  #stopped = false

  constructor(parts: KeeperParts) {
    this.#parts = parts
    this.#unsubscribe = parts.store.onChange((change) => {
      if (change === 'event') this.#alarm.ring()
    })
    this.#done = this.#loop()
  }

  /** Files of this tenant changed in Git: they are compared again, and what differs is written back. */
  touch(tenant: string): void {
    this.#waiting.add(`Tenant/${tenant}`)
    this.#alarm.ring()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#unsubscribe()
    this.#alarm.ring()
    await this.#done
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      let waitMs = POLL_MS
      try {
        await this.#gather()
        await this.#keep()
      } catch (error) {
        const { code, message } = asKaasError(error)
        this.#parts.log.warn({ code, error: message, waiting: this.#waiting.size }, 'documents are kept in Git later')
        waitMs = AFTER_FAILURE_MS
      }
      if (!this.#stopped) await this.#alarm.wait(waitMs)
    }
  }

  /** At first everything; then what events name. */
  async #gather(): Promise<void> {
    const { store } = this.#parts
    if (this.#sequence === undefined) {
      const sequence = await store.lastEventSequence()
      for (const kind of [...WITH_FILES, 'Tenant'] as const) await this.#gatherAll(kind)
      this.#sequence = sequence
    }
    let events: readonly StoreEvent[]
    do {
      events = await store.listEvents(this.#sequence, PAGE)
      for (const { key } of events) {
        if (hasFile(key.kind)) this.#waiting.add(`${key.kind}/${key.name}`)
        else if (key.kind === 'Tenant' || key.tenant !== undefined) this.#waiting.add(`Tenant/${key.tenant ?? key.name}`)
      }
      this.#sequence = events.at(-1)?.sequence ?? this.#sequence
    } while (events.length === PAGE)
  }

  async #gatherAll(kind: WithFile | 'Tenant'): Promise<void> {
    let cursor: string | undefined
    do {
      const page = await this.#parts.store.listResources({ kind, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
      for (const { name } of page.items) this.#waiting.add(`${kind}/${name}`)
      cursor = page.next
    } while (cursor !== undefined)
  }

  async #keep(): Promise<void> {
    for (const waiting of [...this.#waiting]) {
      if (this.#stopped) return
      const [kind = '', name = ''] = waiting.split('/')
      if (hasFile(kind)) await keepFile(this.#parts, kind, name)
      else await keepTenant(this.#parts, name)
      this.#waiting.delete(waiting)
    }
  }
}

/**
 * Only with its claim: from then on it is certain that names with its prefix are its own. What differs after others changed it is drift,
 * and told as such.
 */
async function keepTenant({ store, code }: KeeperParts, name: string): Promise<void> {
  const tenant = await store.loadResource({ kind: 'Tenant', name })
  if (tenant === undefined || isDedicated(tenant) || tenant.deletionRequestedAt !== undefined) return
  if (claimOf(tenant) === undefined) return
  const intent = await loadIntent(store, tenant)
  const kept = `git-kept-${tenant.uid}`
  const isFirst = (await store.loadSetting(kept)) === undefined
  // An empty database is being filled again: what was not put yet must not go from Git.
  if (isFirst && (await code.files.unstoredOf(intent)).length > 0) return
  const { files } = await code.files.differenceOf(intent)
  if (isFirst) await store.saveSetting(kept, 'true')
  if (files.size === 0) return
  const isDrift = await changedByOthers(code.repository, name)
  const outcome = await code.files.write(intent, { author: await authorOf(store, tenant), verb: 'write back' })
  if (isDrift && outcome.kind === 'committed') await tellDrift(store, tenant, [...files.keys()], outcome.commit)
}

async function keepFile({ store, code }: KeeperParts, kind: WithFile, name: string): Promise<void> {
  const { plural, singular } = RESOURCE_KINDS[kind]
  const resource = await store.loadResource({ kind, name })
  const path = `${plural}/${name}.yaml`
  const text = resource === undefined || isLeaving(resource) ? undefined : renderDocumentText(documentOf(resource))
  const kept = await code.repository.read(path)
  if (kept === text || (kept !== undefined && isUntouched(resource))) return
  const generation = resource?.generation ?? 0
  const words = { author: 'kaas', verb: `${text === undefined ? 'remove' : 'change'} ${singular}` }
  await code.repository.commit({
    message: commitMessage({ name, generation }, [], words),
    author: commitAuthor(words.author),
    files: async () => new Map([[path, text]]),
  })
}

function hasFile(kind: string): kind is WithFile {
  return (WITH_FILES as readonly string[]).includes(kind)
}

function isLeaving({ deletionRequestedAt }: StoredResource): boolean {
  return deletionRequestedAt !== undefined
}

/** Every database begins with this team. What Git holds of it is from before, and an empty database is being filled again. */
function isUntouched(resource: StoredResource | undefined): boolean {
  return resource?.kind === 'Team' && resource.name === DEFAULT_TEAM && resource.generation === 1
}
