// SPDX-License-Identifier: Apache-2.0
/** Certificate: one wildcard for all external names of a tenant, so that a new broker needs no new certificate. */
import type { Manifest } from './manifest.ts'
import { listenerSecretOf, metadataOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The certificate of the external listeners; Strimzi takes keys in PKCS #8 only, and rolls the brokers when it is renewed. */
export function certificateFor({ tenant, platform }: CheckedInput): Omit<Manifest, 'path'> {
  const name = listenerSecretOf(tenant)
  return {
    object: {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadataOf(tenant, name),
      spec: {
        secretName: name,
        dnsNames: [`*.${tenant.metadata.name}.${platform.domain}`],
        issuerRef: { group: 'cert-manager.io', kind: platform.issuer.kind, name: platform.issuer.name },
        privateKey: { algorithm: 'RSA', encoding: 'PKCS8', rotationPolicy: 'Always', size: 2048 },
        usages: ['digital signature', 'key encipherment', 'server auth'],
      },
    },
    because: [],
  }
}
