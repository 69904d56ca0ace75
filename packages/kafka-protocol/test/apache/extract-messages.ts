// SPDX-License-Identifier: Apache-2.0
/**
 * Writes the definitions in a `kafka-clients` jar as one compact JSON file, a line per message:
 *
 *     node packages/kafka-protocol/test/apache/extract-messages.ts kafka-clients-4.3.1.jar > kafka-4.3.1-messages.json
 *
 * Maven fetches the jar: `mvn dependency:get -Dartifact=org.apache.kafka:kafka-clients:4.3.1`.
 */
import { readFileSync } from 'node:fs'
import { apacheMessagesIn } from './apache-message.ts'

const [, , jarPath] = process.argv
if (jarPath === undefined) {
  process.stderr.write('Give the path of a kafka-clients jar.\n')
  process.exit(2)
}
const lines = apacheMessagesIn(readFileSync(jarPath)).map((message) => JSON.stringify(message))
process.stdout.write(`[\n${lines.join(',\n')}\n]\n`)
