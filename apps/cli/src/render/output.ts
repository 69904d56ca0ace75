// SPDX-License-Identifier: Apache-2.0
/** The output formats for programs. Tables are elsewhere, they differ by kind. */
import { KIND_NAMES, RESOURCE_KINDS } from '@kaas/domain'
import { KNOWN_KINDS, type ResourceAnswer } from '@kaas/http-contract'
import { stringify } from 'yaml'

/**
 * The resource with the fields of its spec in the order of its kind's schema: the database gives them in an order of its own.
 * What this version does not know stays as it came.
 */
export function inSchemaOrder(resource: ResourceAnswer): ResourceAnswer {
  const kind = KIND_NAMES.find((each) => each === resource.kind)
  const parsed = kind === undefined ? undefined : RESOURCE_KINDS[kind].schema.shape.spec.safeParse(resource.spec)
  return parsed?.success === true ? { ...resource, spec: { ...parsed.data } } : resource
}

/** A document as YAML or JSON, ended by a line feed. */
export function renderValue(value: unknown, output: 'yaml' | 'json'): string {
  return output === 'json' ? `${JSON.stringify(value, null, 2)}\n` : stringify(value, { lineWidth: 0 })
}

/** Several documents: one YAML stream that `apply -f -` takes back, or `{ "items": […] }` as the API gives. */
export function renderValues(values: readonly unknown[], output: 'yaml' | 'json'): string {
  return output === 'json'
    ? renderValue({ items: values }, 'json')
    : values.map((each) => renderValue(each, 'yaml')).join('---\n')
}

/** `topic/payments`: how resources are named in output and taken by `wait`. */
export function renderName(resource: { readonly kind: string; readonly metadata: { readonly name: string } }): string {
  const known = KNOWN_KINDS.find(({ kind }) => kind === resource.kind)
  return `${known?.singular ?? resource.kind.toLowerCase()}/${resource.metadata.name}`
}
