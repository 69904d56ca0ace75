// SPDX-License-Identifier: Apache-2.0
/** What a physical cluster says of itself. Not reaching it is an observation too. */
import { type KafkaClusterSpec, SCRAM_GUARD_USER } from '@kaas/domain'
import { asKaasError, type KaasError } from '@kaas/errors'
import type { Broker, KafkaAdmin } from '@kaas/kafka-admin'
import { SCRAM_MECHANISMS, type ScramMechanism, type StoredResource } from '@kaas/store'
import { readSecretFile } from '../../kafka/cluster-admin.ts'
import type { RunContext } from '../run-context.ts'

/** A cluster as one run sees it. */
export interface KafkaClusterObservation {
  readonly cluster: StoredResource<'KafkaCluster'>
  /** Names of the tenants that live on it. */
  readonly tenants: readonly string[]
  /** `unguarded`: mechanisms for which the cluster lacks the guard's credential, see `SCRAM_GUARD_USER`. */
  readonly contact:
    | { readonly kind: 'away'; readonly error: KaasError }
    | { readonly kind: 'reached'; readonly found: FoundCluster; readonly unguarded: readonly ScramMechanism[] }
    /** Not asked, because the cluster is being deleted. */
    | { readonly kind: 'unasked' }
}

/** What goes into `status.observed`. */
export interface FoundCluster {
  readonly clusterId: string
  /** As in `4.3`; absent when it is not known here. */
  readonly release?: string
  readonly metadataVersion?: number
  readonly brokers: readonly Broker[]
  /** `default.replication.factor` of the brokers. */
  readonly replicationFactor: number
  /** The CA of the brokers, for gateways that do not share the control plane's files. */
  readonly caPem?: string
}

/** Asks the cluster, even while objects on it rest after a failure: this is how its return is noticed. */
export async function observeKafkaCluster(
  context: RunContext,
  cluster: StoredResource<'KafkaCluster'>,
): Promise<KafkaClusterObservation> {
  const tenants = await context.placements.tenantsOn(cluster.name)
  if (cluster.deletionRequestedAt !== undefined) return { cluster, tenants, contact: { kind: 'unasked' } }
  try {
    const access = await context.clusters.enter(cluster.name, cluster.spec, true)
    const looked = await Promise.all([lookAt(access.admin, cluster.spec), unguardedOf(access.admin, cluster.spec)]).catch(
      (error: unknown) => {
        access.leave(error)
        throw error
      },
    )
    access.leave()
    return { cluster, tenants, contact: { kind: 'reached', found: looked[0], unguarded: looked[1] } }
  } catch (error) {
    return { cluster, tenants, contact: { kind: 'away', error: asKaasError(error) } }
  }
}

/** Without an administrator there is no login, and no SCRAM user to keep. */
async function unguardedOf(admin: KafkaAdmin, spec: KafkaClusterSpec): Promise<readonly ScramMechanism[]> {
  if (spec.admin === undefined) return []
  const [guard] = await admin.describeScramCredentials([SCRAM_GUARD_USER])
  return SCRAM_MECHANISMS.filter((wanted) => !guard?.credentials.some(({ mechanism }) => mechanism === wanted))
}

async function lookAt(admin: KafkaAdmin, spec: KafkaClusterSpec): Promise<FoundCluster> {
  const [{ clusterId, brokers }, { levels, release }] = await Promise.all([
    admin.describeCluster(),
    admin.describeFeatures(),
  ])
  const asked = brokers.find(({ fenced }) => !fenced)
  const settings = await admin.describeConfigs('broker', String(asked?.nodeId ?? ''), ['default.replication.factor'])
  const metadataVersion = levels.get('metadata.version')
  const { caFile, enabled } = spec.tls
  return {
    clusterId,
    ...(release === undefined ? {} : { release }),
    ...(metadataVersion === undefined ? {} : { metadataVersion }),
    brokers,
    replicationFactor: Number(settings[0]?.value ?? 1),
    ...(enabled && caFile !== undefined ? { caPem: await readSecretFile(caFile, 'spec.tls.caFile') } : {}),
  }
}
