// SPDX-License-Identifier: Apache-2.0
export type { Broker } from './broker.ts'
export type { BrokerAddress, KafkaAdmin } from './broker-properties.ts'
export { cachedFolder, cacheFolder } from './cached-folder.ts'
export { findProgram, type ProgramHint } from './find-program.ts'
export { freePort, freePorts, isPortFree } from './free-ports.ts'
export { type JavaTool, javaCommand, requireKafkaTools, runJavaTool } from './java-tool.ts'
export { type ProgramResult, type RunOptions, runProgram, tiedToParent } from './run-program.ts'
export { type Kafka, type KafkaOptions, startKafka } from './start-kafka.ts'
