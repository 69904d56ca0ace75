// SPDX-License-Identifier: Apache-2.0
/** The first exchange on a connection: which versions of which API do both sides speak (KIP-35, KIP-511). */
import { KaasError } from '@kaas/errors'
import { APIS, apiVersions, type ResponseOf } from '@kaas/kafka-protocol'
import type { KafkaConnection, VersionRange } from './kafka-connection.ts'

/** Any broker reads this version, or answers it in version 0 with error 35 and the versions it knows. */
const FIRST_VERSION = 3

/** Tells `connection` what both sides speak. Throws `not-supported` for a broker without a common version of anything. */
export async function agreeOnVersions(connection: KafkaConnection, timeoutMs: number): Promise<void> {
  const request = { clientSoftwareName: 'kaas', clientSoftwareVersion: '0.1.0' }
  const answer = await connection.request(apiVersions, request, { version: FIRST_VERSION, timeoutMs })
  const common = commonVersions(answer)
  if (common.size === 0) {
    throw new KaasError('not-supported', {
      message: 'The broker speaks no version of the Kafka protocol that is known here.',
      help: 'Use Apache Kafka 3.6 or later.',
    })
  }
  connection.agreeOn(common)
}

/** The overlap, by API key. A broker may list an API with an empty range; that counts as not spoken. */
function commonVersions(answer: ResponseOf<typeof apiVersions>): ReadonlyMap<number, VersionRange> {
  const theirs = new Map(answer.apiKeys.map((api) => [api.apiKey, api]))
  const common = new Map<number, VersionRange>()
  for (const api of APIS) {
    const range = theirs.get(api.key)
    if (range === undefined) continue
    const min = Math.max(api.versions[0], range.minVersion)
    const max = Math.min(api.versions[1], range.maxVersion)
    if (min <= max) common.set(api.key, { min, max })
  }
  return common
}
