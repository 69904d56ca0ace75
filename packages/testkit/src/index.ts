// SPDX-License-Identifier: Apache-2.0
export {
  type Broker,
  findProgram,
  freePort,
  freePorts,
  type Kafka,
  OLDEST_KAFKA,
  type ProgramResult,
  runProgram,
  tiedToParent,
} from '@kaas/kafka-engine'
export { type Certificates, createCertificates } from './certificates.ts'
export {
  type ControlPlaneProcess,
  clustersFile,
  type Installation,
  newInstallation,
  startControlPlane,
} from './control-plane-process.ts'
export { type DatabaseEngine, databaseEngines, type TestDatabase } from './database-engines.ts'
export { type GitFault, type GitLogin, type GitServer, type GitServerOptions, startGitServer } from './git-server.ts'
export { type GitSshServer, startGitSshServer } from './git-ssh-server.ts'
export { findGo, goProgram } from './go-program.ts'
export { HttpBrowser, type Page } from './http-browser.ts'
export { idTokenOf } from './identity-provider/id-token-of.ts'
export { PEOPLE, passwordOf, type TestPerson } from './identity-provider/people.ts'
export { type IdentityProvider, type IdentityProviderOptions, startIdentityProvider } from './identity-provider.ts'
export { type JavaProgram, javaPrograms, propertiesFile } from './java-program.ts'
export { startKafka, type TestKafkaOptions } from './kafka.ts'
export { type KafkaToolOptions, kafkaTool, saslProperties } from './kafka-tool.ts'
export { makeTopic, type TopicMaker } from './make-topic.ts'
export { type Postgres, startPostgres } from './postgres.ts'
export { type Product, type ProductOptions, startProduct } from './product.ts'
export { pythonEnvironment } from './python-environment.ts'
export { quickOnce } from './quick-once.ts'
export { temporaryDirectory } from './temporary-directory.ts'
export { type WaitOptions, waitFor } from './wait-for.ts'
