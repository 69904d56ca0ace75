// SPDX-License-Identifier: Apache-2.0
/** The list of providers: a second one is a folder, and a line here and in `cluster-settings.ts`. */
import { AWS } from './aws/aws-provider.ts'
import type { ClusterSettings } from './cluster-settings.ts'
import type { ClusterProvider } from './provider.ts'

/** The provider that the settings name. */
export function providerOf({ provider }: ClusterSettings): ClusterProvider {
  switch (provider) {
    case 'aws':
      return AWS
    default:
      return provider satisfies never
  }
}
