// SPDX-License-Identifier: Apache-2.0
/** What a tenant's own pages ask beside its document: what goes with it, and who connects how. */
import type { ConnectionTest, IssuedCredentials } from '@kaas/http-contract'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import { queryClient } from './query-client.ts'
import { deleteResource } from './resources.ts'

/** What the deletion of the tenant would take along, by kind. Nothing is deleted. */
export function goesAlongQuery(tenant: string) {
  return queryOptions({
    queryKey: ['goes-along', tenant],
    queryFn: async () =>
      (await deleteResource({ kind: 'Tenant', name: tenant }, { dryRun: true, confirm: tenant })).alsoDeleted,
    staleTime: 0,
  })
}

/** Address, CA and log-in of a user. Audited, so that it is asked for once and not again by itself. */
export function connectionQuery(tenant: string, user: string) {
  return queryOptions({
    queryKey: ['connection', tenant, user],
    queryFn: ({ signal }) => api(signal).connection(tenant, user),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** How people reach a tenant by kubectl. Holds no secret; refused where nobody signs in to Kubernetes. */
export function kubeconfigQuery(tenant: string) {
  return queryOptions({
    queryKey: ['kubeconfig', tenant],
    queryFn: ({ signal }) => api(signal).kubeconfig(tenant),
    retry: false,
  })
}

/** The valid passwords of a user, without their values. */
export function credentialsQuery(tenant: string, user: string) {
  return queryOptions({
    queryKey: ['credentials', tenant, user],
    queryFn: ({ signal }) => api(signal).listCredentials(tenant, user),
  })
}

/** Makes a new password; the one before stays valid until it is ended. */
export function useRotate(tenant: string, user: string) {
  return useMutation({
    mutationFn: (): Promise<IssuedCredentials> => api().rotateCredentials(tenant, user),
    onSuccess: () => forgetCredentials(tenant, user),
  })
}

/** Ends one password. */
export function useEndCredential(tenant: string, user: string) {
  return useMutation({
    mutationFn: (id: string) => api().endCredential(tenant, user, id),
    onSuccess: () => forgetCredentials(tenant, user),
  })
}

/** Logs in as the user, writes a record and reads it. */
export function useTestConnection(tenant: string, user: string) {
  return useMutation({
    mutationFn: (topic: string | undefined): Promise<ConnectionTest> => api().testConnection(tenant, user, topic),
  })
}

async function forgetCredentials(tenant: string, user: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['credentials', tenant, user] }),
    queryClient.invalidateQueries({ queryKey: ['connection', tenant, user] }),
  ])
}
