// SPDX-License-Identifier: Apache-2.0
/** Which tenants a change of the repository touches. Pure. */

const PLACES = [
  /^tenants\/([^/]+)\//,
  /^flux\/tenants\/([^/]+)\.yaml$/,
  /^namespaces\/([^/]+)\.yaml$/,
  /^infrastructure\/clusters\/([^/]+)\.yaml$/,
]

/** Names, each once and sorted. What a path calls a tenant need not exist. */
export function touchedTenants(paths: readonly string[]): readonly string[] {
  const names = paths.flatMap((path) => PLACES.map((place) => place.exec(path)?.[1] ?? ''))
  return [...new Set(names.filter((name) => name !== ''))].sort()
}
