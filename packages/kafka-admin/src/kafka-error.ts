// SPDX-License-Identifier: Apache-2.0
/** One translation from Kafka's error codes to the product's (design section 12). Verbs throw what this makes. */
import { type ErrorCode, KaasError } from '@kaas/errors'
import { errorName } from '@kaas/kafka-protocol'

interface Meaning {
  readonly code: ErrorCode
  readonly help: string
}

const AWAY: Meaning = { code: 'kafka-unavailable', help: 'Nothing needs to be done: it is tried again.' }
const GONE: Meaning = { code: 'resource-absent', help: 'Check the name; somebody may have deleted it.' }
const NO_RIGHT: Meaning = {
  code: 'not-allowed',
  help: 'Give the administrator of this cluster the right: All on Cluster, Topic, Group and TransactionalId.',
}
const WRONG_SETTINGS: Meaning = {
  code: 'kafka-settings-invalid',
  help: 'Correct the partitions or settings of the resource; Kafka names the one it does not take.',
}

/** By the name in Kafka's own table. What is not here is `kafka-refused`: a request that should have been valid. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  REQUEST_TIMED_OUT: { code: 'kafka-timeout', help: 'Check the load and the log of the brokers.' },
  TOPIC_ALREADY_EXISTS: { code: 'resource-exists', help: 'Choose another name or delete the other one first.' },
  UNKNOWN_TOPIC_OR_PARTITION: GONE,
  UNKNOWN_TOPIC_ID: GONE,
  GROUP_ID_NOT_FOUND: GONE,
  RESOURCE_NOT_FOUND: GONE,
  TRANSACTIONAL_ID_NOT_FOUND: GONE,
  NON_EMPTY_GROUP: { code: 'resource-in-use', help: 'Stop the members of the group first.' },
  SASL_AUTHENTICATION_FAILED: { code: 'credentials-wrong', help: 'Check the user name and the password.' },
  TOPIC_AUTHORIZATION_FAILED: NO_RIGHT,
  GROUP_AUTHORIZATION_FAILED: NO_RIGHT,
  CLUSTER_AUTHORIZATION_FAILED: NO_RIGHT,
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: NO_RIGHT,
  UNSUPPORTED_VERSION: { code: 'not-supported', help: 'Use Apache Kafka 3.6 or later.' },
  SECURITY_DISABLED: {
    code: 'not-supported',
    help: 'Set authorizer.class.name on the brokers: without it nothing is isolated.',
  },
  THROTTLING_QUOTA_EXCEEDED: { code: 'rate-exceeded', help: 'Nothing needs to be done: it is tried again later.' },
  INVALID_TOPIC_EXCEPTION: WRONG_SETTINGS,
  INVALID_PARTITIONS: WRONG_SETTINGS,
  INVALID_REPLICATION_FACTOR: WRONG_SETTINGS,
  INVALID_CONFIG: WRONG_SETTINGS,
  POLICY_VIOLATION: WRONG_SETTINGS,
  NOT_CONTROLLER: AWAY,
  COORDINATOR_NOT_AVAILABLE: AWAY,
  COORDINATOR_LOAD_IN_PROGRESS: AWAY,
  NOT_COORDINATOR: AWAY,
  BROKER_NOT_AVAILABLE: AWAY,
  LEADER_NOT_AVAILABLE: AWAY,
  NOT_LEADER_OR_FOLLOWER: AWAY,
}

/** The failure for an error code of an answer. `about` says what was tried, as in `create topic orders.payments`. */
export function kafkaError(errorCode: number, about: string, kafkaMessage?: string | null): KaasError {
  const name = errorName(errorCode)
  const said = kafkaMessage === undefined || kafkaMessage === null || kafkaMessage === '' ? '' : ` (${kafkaMessage})`
  const meaning = MEANINGS[name] ?? { code: 'kafka-refused', help: 'Look at the log of the brokers and report it.' }
  return new KaasError(meaning.code, { message: `Kafka answered ${name} to "${about}"${said}.`, help: meaning.help })
}

/** Throws `kafkaError` unless `errorCode` is 0. */
export function throwUnlessOk(errorCode: number, about: string, kafkaMessage?: string | null): void {
  if (errorCode !== 0) throw kafkaError(errorCode, about, kafkaMessage)
}
