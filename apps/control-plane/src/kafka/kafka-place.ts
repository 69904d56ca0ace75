// SPDX-License-Identifier: Apache-2.0
/** A Kafka that somebody goes to: a cluster that tenants share, or the own one of a tenant. How it is found is in the files of each. */
import type { KafkaClusterSpec } from '@kaas/domain'
import { type ClusterAdminOptions, type PreparedAdmin, prepareClusterAdmin } from './cluster-admin.ts'

/** Where to go, and as whom. */
export interface KafkaPlace {
  /** Differs between all places: the name of a cluster, or `tenant/<tenant>`. */
  readonly key: string
  /** As messages say it. */
  readonly title: string
  /** Reads what is needed to log in. Throws why that is not possible now. */
  prepare(options: ClusterAdminOptions): Promise<PreparedAdmin>
  /** After Kafka refused or was away: what was read may be old, and is read anew. */
  renew(): void
}

/** The place that the document of a cluster tells. Its files are read each time, so nothing is kept. */
export function clusterPlace({ name, spec }: { readonly name: string; readonly spec: KafkaClusterSpec }): KafkaPlace {
  return {
    key: name,
    title: `cluster "${name}"`,
    prepare: (options) => prepareClusterAdmin(spec, options),
    renew: () => undefined,
  }
}
