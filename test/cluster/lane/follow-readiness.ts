// SPDX-License-Identifier: Apache-2.0
/** Every moment at which a tenant, or what is in it, was told as not ready, from the event stream: nothing is missed between two looks. */
import type { ApiClient } from '@kaas/http-contract'

/** Follows one tenant from now on until its control plane ends; resolves when the stream is open. The result tells what was seen so far. */
export async function followReadiness(client: ApiClient, tenant: string): Promise<() => readonly string[]> {
  const unready: string[] = []
  const opened = Promise.withResolvers<void>()
  const follow = async () => {
    for await (const event of client.events({ onOpen: opened.resolve })) {
      const isOfTenant = event.tenant === tenant || (event.kind === 'Tenant' && event.name === tenant)
      const ready = event.conditions.find(({ type }) => type === 'Ready')
      if (!isOfTenant || ready === undefined || ready.status === 'True') continue
      unready.push(
        `${event.at} ${event.kind} ${event.name}: ${ready.status} ${ready.step}, ${ready.reason}: ${ready.message}`,
      )
    }
  }
  follow().catch(opened.reject)
  await opened.promise
  return () => unready
}
