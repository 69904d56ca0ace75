// SPDX-License-Identifier: Apache-2.0
/** Strimzi's custom resource definitions, written by Strimzi's own generator out of its released jars. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KaasError } from '@kaas/errors'
import { findProgram, runProgram } from '@kaas/testkit'

/** The jars by version; part of the key of the cache. */
export const STRIMZI_POM = fileURLToPath(new URL('../tools/strimzi/pom.xml', import.meta.url))

const GENERATOR = 'io.strimzi.crdgenerator.CrdGenerator'
const OLDEST_JAVA = 21

/** Package and class of every kind below `io.strimzi.api.kafka.model`. */
const MODELS = [
  'kafka.Kafka',
  'nodepool.KafkaNodePool',
  'topic.KafkaTopic',
  'user.KafkaUser',
  'connect.KafkaConnect',
  'connector.KafkaConnector',
  'mirrormaker2.KafkaMirrorMaker2',
  'bridge.KafkaBridge',
  'rebalance.KafkaRebalance',
  'podset.StrimziPodSet',
]

/** Writes one file for each kind. Throws `tool-missing` without Maven or a Java from 21 on. */
export async function writeStrimziDefinitions(folder: string): Promise<void> {
  const java = findJava()
  const mvn = findProgram('mvn', { package: 'maven', purpose: "get Strimzi's definitions" })
  const jars = join(folder, 'jars')
  await mkdir(jars, { recursive: true })
  const args = ['-q', '-B', '-f', STRIMZI_POM, 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`]
  await runProgram(mvn, args, { timeoutMs: 600_000 })
  const outputs = MODELS.map((model) => `io.strimzi.api.kafka.model.${model}=${join(folder, `${model.split('.')[1]}.yaml`)}`)
  await runProgram(java, ['-cp', `${jars}/*`, GENERATOR, '--yaml', '--target-kube', '1.30+', ...outputs])
  await rm(jars, { recursive: true })
}

/** The first Java from 21 on: JAVA_HOME, PATH, then the folders where Java is installed side by side. */
function findJava(): string {
  const besides = ['/usr/lib/jvm', '/opt', '/Library/Java/JavaVirtualMachines'].flatMap((root) => childrenOf(root))
  const onPath = (process.env.PATH ?? '').split(':').map((folder) => dirname(folder))
  const homes = [process.env.JAVA_HOME ?? '', ...onPath, ...besides, ...besides.map((home) => join(home, 'Contents/Home'))]
  const home = homes.find((each) => majorOf(each) >= OLDEST_JAVA)
  if (home !== undefined) return join(home, 'bin', 'java')
  throw new KaasError('tool-missing', {
    message: `Java ${OLDEST_JAVA} or later is needed to write Strimzi's definitions, and none was found.`,
    help: 'Install openjdk-21-jre-headless or temurin-25-jdk, or set JAVA_HOME to one.',
  })
}

function childrenOf(root: string): readonly string[] {
  return existsSync(root) ? readdirSync(root).map((name) => join(root, name)) : []
}

/** The major version of the Java in a folder, 0 where there is none. */
function majorOf(home: string): number {
  if (!existsSync(join(home, 'bin', 'java')) || !existsSync(join(home, 'release'))) return 0
  return Number(/JAVA_VERSION="(\d+)/.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1] ?? 0)
}
