// SPDX-License-Identifier: Apache-2.0
/** A process for a test to kill: creates tenants for ever and prints the number of each when the store has acknowledged it. */
import { openStore } from '@kaas/store'
import { asAdministrator, tenantIntent } from './intents.ts'

const [directory = '', cacheDirectory = '', key = '', prefix = ''] = process.argv.slice(2)
const store = await openStore({ directory, cacheDirectory, secretsKey: Buffer.from(key, 'hex') })
for (let index = 0; ; index += 1) {
  await store.saveResource(tenantIntent(`${prefix}-${index}`), asAdministrator)
  process.stdout.write(`${index}\n`)
}
