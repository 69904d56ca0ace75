// SPDX-License-Identifier: Apache-2.0
/** Stored resources as the API shows them. */
import { API_VERSION } from '@kaas/domain'
import type { ResourceAnswer } from '@kaas/http-contract'
import type { StoredResource } from '@kaas/store'
import { gatewayAddressOf } from '../tenants/gateway-address.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'

/** Shows one resource. `bootstrapAddress` is where clients reach the gateway: a fact of the installation, shown with tenants. */
export type RenderResource = (resource: StoredResource) => ResourceAnswer

/** A renderer for this installation. */
export function resourceRenderer(bootstrapAddress: string | undefined): RenderResource {
  return (resource) => {
    const { kind, name, tenant, uid, generation, labels, annotations, createdAt, updatedAt, deletionRequestedAt } = resource
    const status = statusOf(resource, bootstrapAddress)
    return {
      apiVersion: API_VERSION,
      kind,
      metadata: {
        name,
        ...(tenant === undefined ? {} : { tenant }),
        labels,
        annotations,
        uid,
        generation,
        createdAt: createdAt.toISOString(),
        updatedAt: updatedAt.toISOString(),
        ...(deletionRequestedAt === undefined ? {} : { deletionRequestedAt: deletionRequestedAt.toISOString() }),
      },
      spec: resource.spec as Record<string, unknown>,
      ...(status === undefined ? {} : { status }),
    }
  }
}

/** The gateway leads to tenants of shared clusters only. */
function statusOf(resource: StoredResource, address: string | undefined): StoredResource['status'] {
  const { status } = resource
  if (status === undefined || address === undefined) return status
  if (resource.kind !== 'Tenant' || isDedicated(resource as StoredResource<'Tenant'>)) return status
  const bootstrapServers = gatewayAddressOf(address, resource.name)
  return { ...status, observed: { ...status.observed, bootstrapServers } }
}
