// SPDX-License-Identifier: Apache-2.0
/**
 * `node extract-schemas.ts <folder>`: puts the definitions in the folder into `schemas.json` beside it: CRDs (`*.yaml`, from
 * Strimzi's CRD generator, cert-manager `deploy/crds`, prometheus-operator `example/prometheus-operator-crd`, and `config/crd/bases`
 * of Flux's controllers, Cluster API and its provider for AWS) and the OpenAPI documents of Kubernetes (`*_openapi.json` of
 * `api/openapi-spec/v3`). Kinds that are not in the folder stay. Words for people are left out; every rule is kept.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

const BUILT_IN = [
  'ClusterRole',
  'ClusterRoleBinding',
  'LimitRange',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'ServiceAccount',
]
const target = new URL('schemas.json', import.meta.url)
const folder = process.argv[2] ?? '.'
const schemas: Record<string, unknown> = JSON.parse(readFileSync(target, 'utf8'))
for (const name of readdirSync(folder).sort()) {
  const text = readFileSync(`${folder}/${name}`, 'utf8')
  if (name.endsWith('.yaml')) addDefinition(parse(text))
  if (name.endsWith('_openapi.json')) addBuiltIn(JSON.parse(text))
}
writeFileSync(target, `${JSON.stringify(schemas)}\n`)

interface Definition {
  readonly spec: {
    readonly group: string
    readonly names: { readonly kind: string }
    readonly versions: readonly {
      readonly name: string
      readonly served: boolean
      readonly deprecated?: boolean
      readonly schema: { readonly openAPIV3Schema: unknown }
    }[]
  }
}

function addDefinition({ spec }: Definition): void {
  for (const { name, served, deprecated, schema } of spec.versions) {
    if (!served || deprecated === true) continue
    schemas[`${spec.group}/${name} ${spec.names.kind}`] = compact(schema.openAPIV3Schema, {})
  }
}

interface OpenApi {
  readonly components: { readonly schemas: Readonly<Record<string, Node>> }
}
type Node = Readonly<Record<string, unknown>>

function addBuiltIn({ components }: OpenApi): void {
  for (const schema of Object.values(components.schemas)) {
    const kinds = (schema['x-kubernetes-group-version-kind'] ?? []) as readonly {
      group: string
      version: string
      kind: string
    }[]
    for (const { group, version, kind } of kinds) {
      if (!BUILT_IN.includes(kind)) continue
      schemas[`${group === '' ? '' : `${group}/`}${version} ${kind}`] = compact(schema, components.schemas)
    }
  }
}

/** Without descriptions and examples; references are put in place, as these kinds refer to none of themselves. */
function compact(node: unknown, referred: Readonly<Record<string, Node>>): unknown {
  if (Array.isArray(node)) return node.map((each) => compact(each, referred))
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node)
  const reference = entries.find(([key]) => key === '$ref')?.[1]
  if (typeof reference === 'string') return compact(referred[reference.slice('#/components/schemas/'.length)], referred)
  return Object.fromEntries(
    entries
      .filter(([key, value]) => !isForPeople(key, value))
      .map(([key, value]) => [key, key === 'properties' ? properties(value, referred) : compact(value, referred)]),
  )
}

/** Below `properties` the keys are names of fields: one may well be called `description`. */
function properties(value: unknown, referred: Readonly<Record<string, Node>>): unknown {
  return Object.fromEntries(Object.entries(value as Node).map(([name, each]) => [name, compact(each, referred)]))
}

function isForPeople(key: string, value: unknown): boolean {
  return (
    (key === 'description' || key === 'example' || key === 'default') && (key !== 'description' || typeof value === 'string')
  )
}
