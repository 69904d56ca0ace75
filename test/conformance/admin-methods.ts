// SPDX-License-Identifier: Apache-2.0
/** The methods of Kafka's Java administration client whose answers differ through the gateway, each by a decision. All others are equal. */

/** Not offered to tenants: the client is told that the broker does not support it. */
export const REFUSED: Readonly<Record<string, string>> = {
  abortTransaction: 'WriteTxnMarkers is spoken among brokers; Kafka asks for rights on the cluster.',
  addRaftVoter: 'The controller quorum belongs to the platform.',
  removeRaftVoter: 'The controller quorum belongs to the platform.',
  describeMetadataQuorum: 'The controller quorum belongs to the platform.',
  createDelegationToken: 'A token would log in around the tenant’s users.',
  describeDelegationToken: 'A token would log in around the tenant’s users.',
  renewDelegationToken: 'A token would log in around the tenant’s users.',
  expireDelegationToken: 'A token would log in around the tenant’s users.',
  alterReplicaLogDirs: 'Where replicas lie belongs to the platform.',
  electLeaders: 'An election moves the load of brokers, which all tenants share.',
  alterPartitionReassignments: 'Where replicas lie belongs to the platform.',
  unregisterBroker: 'Brokers belong to the platform.',
  updateFeatures: 'Features belong to the whole cluster.',
}

const ADMINISTERED = 'The gateway does it for administrators of the tenant; the broker refuses them.'

/** Answered otherwise than by the broker: by method, or by method and what is asked. */
export const DECIDED: Readonly<Record<string, string>> = {
  createAcls: ADMINISTERED,
  describeAcls: ADMINISTERED,
  deleteAcls: ADMINISTERED,
  listConfigResources: ADMINISTERED,
  describeClientQuotas: `${ADMINISTERED} Of it, only what is of the tenant’s own users.`,
  describeUserScramCredentials: `${ADMINISTERED} Of it, only the tenant’s own users.`,
  describeLogDirs: `${ADMINISTERED} Disks have numbers in place of paths, and no sizes.`,
  describeReplicaLogDirs: `${ADMINISTERED} Disks have numbers in place of paths.`,
  listPartitionReassignments: `${ADMINISTERED} Of it, only the tenant’s own partitions.`,
  alterClientQuotas: 'Refused by both, by the gateway with the way that holds.',
  alterUserScramCredentials: 'Refused by both, by the gateway with the way that holds.',
  listClientMetricsResources: 'Client metrics belong to the platform: the list is empty.',
  'describeConfigs of a broker': 'Refused by both, by the gateway with a sentence.',
}
