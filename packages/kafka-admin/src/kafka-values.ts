// SPDX-License-Identifier: Apache-2.0
/** Numbers of the protocol that stand for words: resource types, operations, pattern types, mechanisms, sources of settings. */

/** What has settings. */
export type ConfigResource = 'topic' | 'broker' | 'group'
/** `ConfigResource.Type` of Apache Kafka. */
export const CONFIG_RESOURCE: Readonly<Record<ConfigResource, number>> = { topic: 2, broker: 4, group: 32 }

/** Where the value of a setting comes from: set on the thing itself, or a default of some level. */
export type ConfigSource = 'unknown' | 'topic' | 'broker' | 'brokerDefault' | 'staticBroker' | 'default' | 'group'
/** By `DescribeConfigsResponse.ConfigSource`. */
export const CONFIG_SOURCE: Readonly<Record<number, ConfigSource>> = {
  1: 'topic',
  2: 'broker',
  3: 'brokerDefault',
  4: 'staticBroker',
  5: 'default',
  8: 'group',
}

/** What an ACL can be about. */
export type AclResource = 'topic' | 'group' | 'cluster' | 'transactionalId' | 'delegationToken' | 'user'
/** `ResourceType` of Apache Kafka. */
export const ACL_RESOURCE: Readonly<Record<AclResource, number>> = {
  topic: 2,
  group: 3,
  cluster: 4,
  transactionalId: 5,
  delegationToken: 6,
  user: 7,
}

/** How the name of an ACL is meant. */
export type AclPattern = 'literal' | 'prefixed'
/** `PatternType` of Apache Kafka. */
export const ACL_PATTERN: Readonly<Record<AclPattern, number>> = { literal: 3, prefixed: 4 }

/** What an ACL allows or denies. */
export type AclOperation =
  | 'all'
  | 'read'
  | 'write'
  | 'create'
  | 'delete'
  | 'alter'
  | 'describe'
  | 'clusterAction'
  | 'describeConfigs'
  | 'alterConfigs'
  | 'idempotentWrite'
  | 'createTokens'
  | 'describeTokens'
  | 'twoPhaseCommit'
/** `AclOperation` of Apache Kafka. */
export const ACL_OPERATION: Readonly<Record<AclOperation, number>> = {
  all: 2,
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  clusterAction: 9,
  describeConfigs: 10,
  alterConfigs: 11,
  idempotentWrite: 12,
  createTokens: 13,
  describeTokens: 14,
  twoPhaseCommit: 15,
}

/** Whether an ACL gives or takes. */
export type AclPermission = 'deny' | 'allow'
/** `AclPermissionType` of Apache Kafka. */
export const ACL_PERMISSION: Readonly<Record<AclPermission, number>> = { deny: 2, allow: 3 }

/** Matches everything, where a filter takes a number. */
export const ANY = 1

/** A SCRAM mechanism; Kafka keeps at most one credential of each per user. */
export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
/** `ScramMechanism` of Apache Kafka. */
export const SCRAM_MECHANISM: Readonly<Record<ScramMechanism, number>> = { 'SCRAM-SHA-256': 1, 'SCRAM-SHA-512': 2 }

/** The word for a number of one of the tables above, or undefined for one that a newer Kafka brought. */
export function wordFor<W extends string>(table: Readonly<Record<W, number>>, value: number): W | undefined {
  for (const word in table) if (table[word] === value) return word
  return undefined
}
