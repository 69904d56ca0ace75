// SPDX-License-Identifier: Apache-2.0
/** Namespace: the only object of a tenant that lives in no namespace. What else stands in its file is in `namespace-file.ts`. */
import type { Manifest } from './manifest.ts'
import { KEPT, labelsOf, namespaceOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The namespace, closed to pods that Pod Security `restricted` refuses. */
export function namespaceFor({ tenant }: CheckedInput): Omit<Manifest, 'path'> {
  const level = { enforce: 'restricted', audit: 'restricted', warn: 'restricted' }
  const security = Object.entries(level).map(([mode, value]) => [`pod-security.kubernetes.io/${mode}`, value])
  return {
    object: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespaceOf(tenant),
        labels: { ...labelsOf(tenant), ...Object.fromEntries(security) },
        annotations: KEPT,
      },
    },
    because: [],
  }
}
