// SPDX-License-Identifier: Apache-2.0
/** The OpenAPI document is complete and points nowhere that is not there. */
import { KIND_NAMES, RESOURCE_KINDS } from '@kaas/domain'
import { expect, it } from 'vitest'
import { KNOWN_KINDS, kindsIn } from './kind-description.ts'
import { renderOpenApi } from './render-open-api.ts'
import { allRoutes } from './routes.ts'

type Json = Record<string, never>
const document = renderOpenApi() as unknown as { paths: Record<string, Json>; components: { schemas: Record<string, Json> } }
const text = JSON.stringify(document)

it('has every route once, with an operation id of its own', () => {
  const routes = allRoutes()
  expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length)
  for (const { method, path } of routes) expect(document.paths[path]).toHaveProperty(method.toLowerCase())
})

it('has routes for every kind without being told, and lists the kinds', () => {
  for (const kind of KIND_NAMES) {
    const { plural, scope } = RESOURCE_KINDS[kind]
    expect(document.paths).toHaveProperty([
      scope === 'tenant' ? `/v1/tenants/{tenant}/${plural}/{name}` : `/v1/${plural}/{name}`,
    ])
  }
  expect(kindsIn(document)).toEqual(KNOWN_KINDS)
  expect(kindsIn({ openapi: '3.1.0' })).toEqual([])
})

it('points only to components that it has', () => {
  const targets = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target)
  expect(targets.length).toBeGreaterThan(10)
  for (const target of new Set(targets)) {
    const name = target?.replace('#/components/schemas/', '') ?? ''
    expect(document.components.schemas).toHaveProperty([name])
  }
})

it('names every parameter of a path', () => {
  for (const { path, params } of allRoutes()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(params?.shape ?? {}).sort()).toEqual(inPath.sort())
  }
})

it('is the same each time', () => {
  expect(JSON.stringify(renderOpenApi())).toBe(text)
})
