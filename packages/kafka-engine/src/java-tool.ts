// SPDX-License-Identifier: Apache-2.0
/** Java main classes of the Kafka jars: how they are called, and running the command line tools among them to their end. */
import { fileURLToPath } from 'node:url'
import { findProgram } from './find-program.ts'
import { requireJarsOrMaven, resolveJars } from './jars.ts'
import { type ProgramResult, type RunOptions, runProgram } from './run-program.ts'

/** Which log configuration of `tools/kafka` a Java process gets. */
type LogConfiguration = 'broker' | 'tool'

/** A Java process to start: executable, arguments that end with the main class, and the environment with the class path. */
export interface JavaTool {
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

/** A small, quick JVM: one collector thread, the first compiler only. Right for tools and development brokers. */
export const SMALL_JVM: readonly string[] = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-Xlog:cds=off']

/** The path of `java`, or `tool-missing`. */
export function findJava(): string {
  return findProgram('java', { package: 'openjdk-17-jre-headless', purpose: 'run Kafka (Java 17 or later)' })
}

/** Throws `tool-missing`, with the package to install, when Kafka could not be started on this machine. */
export function requireKafkaTools(): void {
  findJava()
  requireJarsOrMaven()
}

/**
 * How to start `mainClass` with the Kafka jars on its class path, for callers that keep the process themselves. The class
 * path is in the environment, so that a process list stays readable.
 */
export async function javaCommand(
  mainClass: string,
  options: {
    readonly jvm?: readonly string[]
    readonly log?: LogConfiguration
    /** Another Kafka than the usual one. */
    readonly version?: string | undefined
    readonly onProgress?: (line: string) => void
  } = {},
): Promise<JavaTool> {
  const command = findJava()
  const { classPath } = await resolveJars(options.onProgress ?? (() => {}), options.version)
  const log = fileURLToPath(new URL(`../../../tools/kafka/log4j2-${options.log ?? 'tool'}.xml`, import.meta.url))
  const args = [...SMALL_JVM, ...(options.jvm ?? []), `-Dlog4j2.configurationFile=${log}`, mainClass]
  return { command, args, env: { ...process.env, CLASSPATH: classPath } }
}

/** Runs a tool of the Kafka jars, such as `org.apache.kafka.tools.TopicCommand`, to its end. */
export async function runJavaTool(
  mainClass: string,
  args: readonly string[],
  options: RunOptions & { readonly jvm?: readonly string[] } = {},
): Promise<ProgramResult> {
  const tool = await javaCommand(mainClass, { jvm: ['-Xmx256m', ...(options.jvm ?? [])] })
  return runProgram(tool.command, [...tool.args, ...args], { ...options, env: { ...tool.env, ...options.env } })
}
