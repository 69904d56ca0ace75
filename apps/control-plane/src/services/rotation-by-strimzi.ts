// SPDX-License-Identifier: Apache-2.0
/**
 * What to do for a new log-in of a user whose Kafka is the tenant's own. Strimzi makes these, and only those who may act in the namespace
 * may end one: the control plane reads Secrets and changes none. Pure.
 */
import type { TenantSpec, UserSpec } from '@kaas/domain'
import { KaasError } from '@kaas/errors'

/** Whose log-in it is. */
export interface DedicatedUser {
  readonly tenant: string
  readonly user: string
  readonly isolation: TenantSpec['isolation']
  readonly authentication: UserSpec['authentication']
}

/** The refusal, with the commands that do it by hand and what becomes of the log-in before. */
export function rotationByStrimzi({ tenant, user, isolation, authentication }: DedicatedUser): KaasError {
  const namespace = `kaas-${tenant}`
  const way = isolation === 'cluster' ? ` --kubeconfig ${tenant}.kubeconfig` : ''
  const enter = `kubectl get secret ${tenant}-kubeconfig --namespace ${namespace} --output jsonpath={.data.value} | base64 -d > ${tenant}.kubeconfig`
  const remove = `kubectl${way} delete secret ${tenant}.${user} --namespace ${namespace}`
  const before =
    authentication === 'tls'
      ? 'The certificate before stays valid until it expires; to end it at once, delete the user and order one of another name.'
      : 'The password before ends at once.'
  return new KaasError('not-supported', {
    message: `The tenant "${tenant}" has Kafka of its own, where Strimzi makes what users log in with.`,
    help: [
      `Run: ${[...(isolation === 'cluster' ? [enter] : []), remove].join(' && ')}.`,
      `Strimzi makes a new one within seconds; read it with: npx kaas connect ${tenant} --user ${user}.`,
      before,
    ].join(' '),
  })
}
