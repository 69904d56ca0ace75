// SPDX-License-Identifier: Apache-2.0
/** What can be bought on a platform: the catalogue's machines and prices, in as many zones as asked, with the platform's volumes. */
import { parseSize } from '@kaas/domain'
import { type Catalogue, MSK_US_EAST_1 } from './catalogue.ts'
import type { PlatformProfile } from './manifests/platform-profile.ts'

const GIB = 1024 ** 3

/** The catalogue. Volumes are whole GiB. */
export function catalogueFor({ volumes }: PlatformProfile, zones: number): Catalogue {
  const largestBytes = Math.floor(parseSize(volumes.largest) / GIB) * GIB
  return { ...MSK_US_EAST_1, zones, volume: { ...MSK_US_EAST_1.volume, largestBytes, mostPerBroker: volumes.most } }
}
