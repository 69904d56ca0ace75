// SPDX-License-Identifier: Apache-2.0
/** The routes of every kind: put, get, delete, list. They parse and translate; what may be done is decided in the services. */
import { KIND_NAMES, type ResourceKind, type Within, withinOf } from '@kaas/domain'
import { type KindRoutes, routesOfKind } from '@kaas/http-contract'
import type { ListQuery, ResourceKey, StoredResource } from '@kaas/store'
import type { FastifyInstance } from 'fastify'
import { permitOf } from '../rights/permit.ts'
import { narrowPolicy, withinPolicies } from '../rights/policy-readers.ts'
import { deleteResource } from '../services/delete-resource.ts'
import { putResource, type WriteRequest } from '../services/put-resource.ts'
import { absentError } from '../services/resource-paths.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { addRoute, type Checked } from './add-route.ts'
import { etagOf, expectedGeneration } from './preconditions.ts'
import { readDocument } from './read-document.ts'
import type { RenderResource } from './render-resource.ts'

/** Adds the routes of all kinds. */
export function addResourceRoutes(server: FastifyInstance, parts: ServiceParts, render: RenderResource): void {
  for (const kind of KIND_NAMES) {
    const routes = routesOfKind(kind)
    addWrites(server, parts, render, kind, routes)
    addReads(server, parts, render, kind, routes)
  }
}

function addWrites(
  server: FastifyInstance,
  parts: ServiceParts,
  render: RenderResource,
  kind: ResourceKind,
  routes: KindRoutes,
): void {
  addRoute(server, routes.put, async (checked) => {
    const request = writeRequest(checked)
    const document = readDocument(checked.body, keyOf(kind, checked.params))
    const { outcome, changes, warnings, resource, credentials } = await putResource(parts, document, request)
    checked.reply.code(outcome === 'created' && !request.dryRun ? 201 : 200).header('etag', etagOf(resource.generation))
    return {
      outcome,
      dryRun: request.dryRun,
      changes,
      warnings,
      resource: render(resource),
      ...(credentials === undefined ? {} : { credentials }),
    }
  })
  addRoute(server, routes.delete, async (checked) => {
    const { confirm } = checked.query
    const request = writeRequest(checked)
    const result = await deleteResource(parts, keyOf(kind, checked.params), {
      ...request,
      ...(typeof confirm === 'string' ? { confirm } : {}),
    })
    checked.reply.code(result.outcome === 'deleting' && !request.dryRun ? 202 : 200)
    return { ...result, dryRun: request.dryRun, resource: render(result.resource) }
  })
}

function addReads(
  server: FastifyInstance,
  { store }: ServiceParts,
  render: RenderResource,
  kind: ResourceKind,
  routes: KindRoutes,
): void {
  addRoute(server, routes.get, async ({ params, reply, caller }) => {
    const key = keyOf(kind, params)
    const resource = await store.loadResource(key)
    if (resource === undefined) throw absentError(key)
    reply.header('etag', etagOf(resource.generation))
    return render(narrowed(resource, kind === 'Policy' ? await withinPolicies(store, caller.grants) : undefined))
  })
  for (const route of [routes.list, routes.listAll]) {
    if (route === undefined) continue
    addRoute(server, route, async ({ params, query, caller }) => {
      const within = kind === 'Policy' ? await withinPolicies(store, caller.grants) : withinOf(caller.grants, 'read', kind)
      const inTenant = params.tenant === undefined ? {} : { tenant: params.tenant }
      const { items, next } = await store.listResources({
        ...(query as unknown as Omit<ListQuery, 'kind'>),
        kind,
        ...inTenant,
        ...(within === undefined ? {} : { within }),
      })
      // A tenant that does not exist is not the same as one without topics.
      if (items.length === 0 && params.tenant !== undefined) await mustExist(store, params.tenant)
      const shown = items.map((item) => render(narrowed(item, within)))
      return { items: shown, ...(next === undefined ? {} : { next }) }
    })
  }
}

/** Of a policy, teams that are not the reader's are left out. */
function narrowed(resource: StoredResource, within: Within | undefined): StoredResource {
  return resource.kind === 'Policy' && within !== undefined ? narrowPolicy(resource, within) : resource
}

function keyOf(kind: ResourceKind, { name = '', tenant }: Checked['params']): ResourceKey {
  return tenant === undefined ? { kind, name } : { kind, tenant, name }
}

function writeRequest({ actor, caller, query, request }: Checked): WriteRequest {
  const expected = expectedGeneration(request.headers)
  const permit = permitOf(caller)
  return {
    actor,
    permit,
    dryRun: query.dryRun === true,
    ...(expected === undefined ? {} : { expectedGeneration: expected }),
  }
}

async function mustExist(store: ServiceParts['store'], tenant: string): Promise<void> {
  const key = { kind: 'Tenant', name: tenant } as const
  if ((await store.loadResource(key)) === undefined) throw absentError(key)
}
