// SPDX-License-Identifier: Apache-2.0
/** Watches the event stream for resources that become ready, so that waiting costs the control plane no polling. */
import type { ApiClient } from '@kaas/http-contract'

/** Tells when a resource became ready. */
export interface ReadyWatch {
  /** Resolves with the time on the clock of `performance.now()` at which the event came. */
  untilReady(kind: string, name: string, tenant?: string): Promise<number>
}

/** Opens the stream and resolves when nothing that happens from then on is missed. */
export async function watchReady(client: ApiClient): Promise<ReadyWatch> {
  const readyAt = new Map<string, number>()
  const waiting = new Map<string, (at: number) => void>()
  const opened = Promise.withResolvers<void>()
  void (async () => {
    for await (const event of client.events({ onOpen: opened.resolve })) {
      if (!event.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) continue
      const key = keyOf(event.kind, event.name, event.tenant)
      const at = performance.now()
      readyAt.set(key, at)
      waiting.get(key)?.(at)
      waiting.delete(key)
    }
  })().catch(opened.reject)
  await opened.promise
  return {
    untilReady: async (kind, name, tenant) => {
      const key = keyOf(kind, name, tenant)
      return readyAt.get(key) ?? (await new Promise<number>((resolve) => waiting.set(key, resolve)))
    },
  }
}

function keyOf(kind: string, name: string, tenant: string | undefined): string {
  return `${kind} ${tenant ?? ''} ${name}`
}
