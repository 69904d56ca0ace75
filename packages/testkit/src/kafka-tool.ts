// SPDX-License-Identifier: Apache-2.0
/** Kafka's own command line tools, as an administrator would run them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ProgramResult, type RunOptions, runJavaTool } from '@kaas/kafka-engine'
import { temporaryDirectory } from './temporary-directory.ts'

/** How a tool is run and as whom it logs in. */
export interface KafkaToolOptions extends RunOptions {
  /** Client properties; their file is passed by `configOption`. */
  readonly config?: Readonly<Record<string, string>>
  /** The tool's option for the file: `--command-config` unless told. */
  readonly configOption?: string
  /** JVM options, such as `-Djdk.net.hosts.file=…`. */
  readonly jvm?: readonly string[]
}

/**
 * Runs a main class of the Kafka jars to its end, such as `org.apache.kafka.tools.TopicCommand` (about a second). A code
 * other than 0 throws with the last lines unless `allowFailure` is set.
 */
export function kafkaTool(
  mainClass: string,
  args: readonly string[],
  options: KafkaToolOptions = {},
): Promise<ProgramResult> {
  const { config, configOption = '--command-config', ...run } = options
  if (config === undefined) return runJavaTool(mainClass, args, run)
  const file = join(temporaryDirectory('tool'), 'client.properties')
  const lines = Object.entries(config).map(([name, value]) => `${name}=${value}`)
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return runJavaTool(mainClass, [...args, configOption, file], run)
}

/** Client properties for a log-in by SCRAM or PLAIN; over TLS when `caFile` is given. */
export function saslProperties(login: {
  readonly username: string
  readonly password: string
  readonly mechanism?: 'SCRAM-SHA-512' | 'SCRAM-SHA-256' | 'PLAIN'
  readonly caFile?: string
}): Readonly<Record<string, string>> {
  const mechanism = login.mechanism ?? 'SCRAM-SHA-512'
  const module = mechanism === 'PLAIN' ? 'plain.PlainLoginModule' : 'scram.ScramLoginModule'
  const { username, password } = login
  return {
    'security.protocol': login.caFile === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL',
    'sasl.mechanism': mechanism,
    'sasl.jaas.config': `org.apache.kafka.common.security.${module} required username="${username}" password="${password}";`,
    ...(login.caFile !== undefined && { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': login.caFile }),
  }
}
