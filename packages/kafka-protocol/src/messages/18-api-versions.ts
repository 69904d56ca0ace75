// SPDX-License-Identifier: Apache-2.0
/**
 * ApiVersions: which APIs and versions the broker speaks, asked first on a connection and allowed before the log-in.
 * KIP-511 added the client's name (v3) and rules that the answer always has the plain header, and that a request too new
 * is answered in v0 with UNSUPPORTED_VERSION. KIP-584 added features, in the tagged section.
 */
import { api } from '../api.ts'
import { array, bool, int16, int32, int64, string } from '../schema.ts'

export const apiVersions = api({
  key: 18,
  name: 'ApiVersions',
  versions: [0, 4],
  flexible: 3,
  request: {
    clientSoftwareName: string.since(3).ignorable(),
    clientSoftwareVersion: string.since(3).ignorable(),
  },
  response: {
    errorCode: int16,
    /** The versions of one broker: they may differ during an upgrade. */
    apiKeys: array({ apiKey: int16, minVersion: int16, maxVersion: int16 }),
    throttleTimeMs: int32.since(1).ignorable(),
    /** Before v4, features that start at version 0 are left out: clients of that time refuse them. */
    supportedFeatures: array({ name: string, minVersion: int16, maxVersion: int16 }).since(3).tag(0).ignorable(),
    /** -1 when there are no finalized features. */
    finalizedFeaturesEpoch: int64.since(3).or(-1n).tag(1).ignorable(),
    /** `transaction.version`, `group.version` and the like: they steer what clients do. */
    finalizedFeatures: array({ name: string, maxVersionLevel: int16, minVersionLevel: int16 }).since(3).tag(2).ignorable(),
    zkMigrationReady: bool.since(3).tag(3).ignorable(),
  },
})
