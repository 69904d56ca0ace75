// SPDX-License-Identifier: Apache-2.0
/** The output formats for programs. Tables are elsewhere, they differ by kind. */
import { KNOWN_KINDS } from '@kaas/http-contract'
import { stringify } from 'yaml'

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
