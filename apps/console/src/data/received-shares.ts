// SPDX-License-Identifier: Apache-2.0
/** Topics that other tenants share with one, and whose shares it accepts. The key begins with the kind, so that events renew it. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import { queryClient } from './query-client.ts'
import { putResource, resourceQuery } from './resources.ts'

const KEY = ['TopicShare', 'list', 'received']

/** All of them, the oldest first. What happens to shares of others is not told to this tenant, so it is asked again. */
export function receivedSharesQuery(tenant: string) {
  return queryOptions({
    queryKey: [...KEY, tenant],
    queryFn: ({ signal }) => api(signal).receivedShares(tenant),
    refetchInterval: 5_000,
  })
}

/** Lets topics of `owner` appear in the tenant, or no more. Refused as `resource-changed` when somebody changed the tenant meanwhile. */
export function useAcceptShares(tenant: string) {
  return useMutation({
    mutationFn: async ({ owner, accept }: { readonly owner: string; readonly accept: boolean }) => {
      const ref = { kind: 'Tenant', name: tenant } as const
      const { apiVersion, kind, metadata, spec } = await queryClient.fetchQuery({ ...resourceQuery(ref), staleTime: 0 })
      const others = (spec.acceptSharesFrom ?? []).filter((name) => name !== owner)
      const acceptSharesFrom = accept ? [...others, owner] : others
      const document = { apiVersion, kind, metadata, spec: { ...spec, acceptSharesFrom } }
      return await putResource(ref, document, { expectedGeneration: metadata.generation })
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  })
}
