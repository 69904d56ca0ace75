// SPDX-License-Identifier: Apache-2.0
/** Which Kafka this is: finalized features (KIP-584) and the release that a metadata version belongs to. */
import { apiVersions } from '@kaas/kafka-protocol'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** What a cluster has switched on. */
export interface ClusterFeatures {
  /** Level by feature, as in `metadata.version` → 30. */
  readonly levels: ReadonlyMap<string, number>
  /** The release of the metadata version, as in `4.3`; undefined for one that is not known here. */
  readonly release: string | undefined
}

/** The last metadata version of each release, oldest first (`MetadataVersion` of Apache Kafka). */
const LAST_LEVELS: readonly (readonly [number, string])[] = [
  [11, '3.5'],
  [14, '3.6'],
  [19, '3.7'],
  [20, '3.8'],
  [21, '3.9'],
  [25, '4.0'],
  [27, '4.1'],
  [29, '4.2'],
  [30, '4.3'],
]

/** Asks any broker. The metadata version can be older than the brokers' software while an upgrade is not finalized. */
export async function describeFeatures(client: KafkaClient): Promise<ClusterFeatures> {
  const answer = await client.ask(apiVersions, { clientSoftwareName: 'kaas', clientSoftwareVersion: '0.1.0' })
  throwUnlessOk(answer.errorCode, 'describe features')
  const levels = new Map(answer.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]))
  return { levels, release: releaseOf(levels.get('metadata.version')) }
}

/** The release that brought metadata version `level`; undefined for none and for one newer than the newest known. */
export function releaseOf(level: number | undefined): string | undefined {
  if (level === undefined) return undefined
  return LAST_LEVELS.find(([last]) => level <= last)?.[1]
}
