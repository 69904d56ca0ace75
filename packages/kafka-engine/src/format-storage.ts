// SPDX-License-Identifier: Apache-2.0
/** Gives an empty data directory its identity and its first administrator, by Kafka's own StorageTool. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SCRAM_GUARD_USER } from '@kaas/domain'
import type { KafkaAdmin } from './broker-properties.ts'
import { findJava, javaCommand } from './java-tool.ts'
import { runProgram } from './run-program.ts'

/** One format run. `clusterId` is 22 characters of base64url (a UUID), the same on all brokers of a cluster. */
export interface FormatRequest {
  readonly propertiesFile: string
  readonly dataDirectory: string
  readonly clusterId: string
  readonly admin: KafkaAdmin
  /** JVM options, such as a class archive. */
  readonly jvm: readonly string[]
  /** Another Kafka than the usual one. */
  readonly version?: string | undefined
}

/** Formats `dataDirectory` unless it carries an identity already; data that is there stays. */
export async function formatStorage(request: FormatRequest): Promise<void> {
  if (existsSync(join(request.dataDirectory, 'meta.properties'))) return
  mkdirSync(request.dataDirectory, { recursive: true })
  const tool = await javaCommand('kafka.tools.StorageTool', { jvm: ['-Xmx128m', ...request.jvm], version: request.version })
  const guard = { username: SCRAM_GUARD_USER, password: randomBytes(24).toString('hex') }
  // The guard first: without her, Kafka can lose all SCRAM users at its first restart.
  const scram = [guard, request.admin].flatMap(({ username, password }) =>
    ['SCRAM-SHA-512', 'SCRAM-SHA-256'].flatMap((name) => ['--add-scram', `${name}=[name=${username},password=${password}]`]),
  )
  const format = ['format', '--cluster-id', request.clusterId, '--config', request.propertiesFile, ...scram]
  // In an argument file, so that the password is in no process list.
  const argumentFile = `${request.propertiesFile}.format`
  writeFileSync(argumentFile, [...tool.args, ...format].map(quoted).join('\n'), { mode: 0o600 })
  try {
    await runProgram(findJava(), [`@${argumentFile}`], { env: tool.env })
  } finally {
    rmSync(argumentFile, { force: true })
  }
}

function quoted(argument: string): string {
  return `"${argument.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
