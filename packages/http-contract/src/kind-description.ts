// SPDX-License-Identifier: Apache-2.0
/** Kinds as a client sees them: plain data that the OpenAPI document carries as `x-kaas-kinds`, so a client needs no list of its own. */
import { KIND_NAMES, RESOURCE_KINDS, type ResourceKind } from '@kaas/domain'
import { z } from 'zod'

/** What a client must know of a kind to address it and to talk about it. */
export const kindDescriptionSchema = z.object({
  kind: z.string(),
  plural: z.string(),
  singular: z.string(),
  scope: z.enum(['platform', 'tenant']),
})
export type KindDescription = Readonly<z.infer<typeof kindDescriptionSchema>>

/** The member of the OpenAPI document that lists all kinds. */
export const KINDS_MEMBER = 'x-kaas-kinds'

/** The description of a kind this version knows. */
export function describeKind(kind: ResourceKind): KindDescription {
  const { plural, singular, scope } = RESOURCE_KINDS[kind]
  return { kind, plural, singular, scope }
}

/** All kinds this version knows, in the order in which they depend on each other. */
export const KNOWN_KINDS: readonly KindDescription[] = KIND_NAMES.map(describeKind)

/** The kinds in an OpenAPI document. Empty when the document is not KaaS's. */
export function kindsIn(openApi: unknown): readonly KindDescription[] {
  const parsed = z.object({ [KINDS_MEMBER]: z.array(kindDescriptionSchema) }).safeParse(openApi)
  return parsed.success ? (parsed.data[KINDS_MEMBER] ?? []) : []
}

/** Path of one resource: `/v1/tenants/orders/topics/payments`. Parts are escaped. */
export function resourcePath(kind: KindDescription, name: string, tenant?: string): string {
  return `${collectionPath(kind, tenant)}/${encodeURIComponent(name)}`
}

/** Path of a collection. Without `tenant`, a tenant-scoped kind is listed over all tenants. */
export function collectionPath(kind: KindDescription, tenant?: string): string {
  return kind.scope === 'tenant' && tenant !== undefined
    ? `/v1/tenants/${encodeURIComponent(tenant)}/${kind.plural}`
    : `/v1/${kind.plural}`
}
