// SPDX-License-Identifier: Apache-2.0
/**
 * Prints what another Kafka speaks and we do not, and ends with 3 when there is a difference:
 *
 *     node packages/kafka-protocol/test/apache/report-missing.ts kafka-clients-4.4.0.jar
 */
import { readFileSync } from 'node:fs'
import { APIS } from '../../src/apis.ts'
import { apacheMessagesIn } from './apache-message.ts'
import { differencesFromApache } from './compare-with-apache.ts'

const [, , jarPath] = process.argv
if (jarPath === undefined) {
  process.stderr.write('Give the path of a kafka-clients jar.\n')
  process.exit(2)
}
const differences = differencesFromApache(APIS, apacheMessagesIn(readFileSync(jarPath)))
for (const difference of differences) process.stdout.write(`${difference}\n`)
process.exit(differences.length === 0 ? 0 : 3)
