// SPDX-License-Identifier: Apache-2.0
/** `node test/cluster/is-built.ts`: ends with 0 when the programs of the cluster tests are in the cache, with 1 when not. */
import { areBinariesBuilt } from './machine/ensure-binaries.ts'

process.exitCode = (await areBinariesBuilt(['controlplane', 'gitops', 'capi'])) ? 0 : 1
