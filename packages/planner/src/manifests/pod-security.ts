// SPDX-License-Identifier: Apache-2.0
/** Security contexts that Pod Security `restricted` admits, for every pod that Strimzi makes. */

/** Group 0 owns the volumes: the images run as a user of that group. */
const POD = { fsGroup: 0, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } as const
const CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
} as const

/** The `securityContext` of a pod. */
export function podSecurity() {
  return { securityContext: POD }
}

/** The `securityContext` of a container. */
export function containerSecurity() {
  return { securityContext: CONTAINER }
}
