// SPDX-License-Identifier: Apache-2.0
/** The methods of Kafka's Java administration client whose answers differ through the gateway, each by a decision. All others are equal. */

/** Not offered to tenants: the client is told that the broker does not support it. */
export const REFUSED: Readonly<Record<string, string>> = {
  abortTransaction: 'WriteTxnMarkers is spoken among brokers; Kafka asks for rights on the cluster.',
  addRaftVoter: 'The controller quorum belongs to the platform.',
  removeRaftVoter: 'The controller quorum belongs to the platform.',
  describeMetadataQuorum: 'The controller quorum belongs to the platform.',
  alterClientQuotas: 'Quotas belong to the plan of the tenant.',
  describeClientQuotas: 'Quotas belong to the plan of the tenant.',
  alterUserScramCredentials: 'Users are made through the API.',
  describeUserScramCredentials: 'Users are made through the API.',
  createDelegationToken: 'A token would log in around the tenant’s users.',
  describeDelegationToken: 'A token would log in around the tenant’s users.',
  renewDelegationToken: 'A token would log in around the tenant’s users.',
  expireDelegationToken: 'A token would log in around the tenant’s users.',
  alterReplicaLogDirs: 'Where replicas lie belongs to the platform.',
  describeLogDirs: 'Where replicas lie belongs to the platform.',
  describeReplicaLogDirs: 'Where replicas lie belongs to the platform.',
  electLeaders: 'Where replicas lie belongs to the platform.',
  alterPartitionReassignments: 'Where replicas lie belongs to the platform.',
  listPartitionReassignments: 'Where replicas lie belongs to the platform.',
  unregisterBroker: 'Brokers belong to the platform.',
  updateFeatures: 'Features belong to the whole cluster.',
}

/** Answered otherwise than by the broker: by method, or by method and what is asked. */
export const DECIDED: Readonly<Record<string, string>> = {
  createAcls: 'The gateway does it for administrators of the tenant; the broker refuses them.',
  describeAcls: 'The gateway does it for administrators of the tenant; the broker refuses them.',
  deleteAcls: 'The gateway does it for administrators of the tenant; the broker refuses them.',
  listConfigResources: 'The gateway does it for administrators of the tenant; the broker refuses them.',
  listClientMetricsResources: 'Client metrics belong to the platform: the list is empty.',
  'describeConfigs of a broker': 'Refused by both, by the gateway with a sentence.',
}
