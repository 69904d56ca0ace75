// SPDX-License-Identifier: Apache-2.0
/** Paths of the Kubernetes API. Pure. */

/** `/api/v1` for the core group, `/apis/<group>/<version>` for all others. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

/** One object, or a subresource of it. */
export function objectPath(
  apiVersion: string,
  plural: string,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name: string },
): string {
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  return `${groupPath(apiVersion)}${scope}/${plural}/${encodeURIComponent(name)}`
}

/** All objects of a kind, in all namespaces. Undefined values of the query are left out. */
export function listPath(
  { apiVersion, plural }: { readonly apiVersion: string; readonly plural: string },
  query: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  return `${groupPath(apiVersion)}/${plural}?${new URLSearchParams(given)}`
}
