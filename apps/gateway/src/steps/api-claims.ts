// SPDX-License-Identifier: Apache-2.0
/**
 * The decision on every API of Kafka 4.3, each with its reason. Refusal is the default (design 6.3): what is refused here, or has
 * no entry, is neither advertised nor forwarded, whatever a broker behind the gateway speaks. `docs/reference/kafka-apis.md` is
 * printed from this table. How a mapped API is mapped is not told here: marks in its description say it, see `names-step.ts`.
 */

/**
 * What happens to requests of one API. `map`: it goes to the broker, and names or addresses change on the way. `answer`: the
 * gateway answers by itself, where needed with its own service identity. `refuse`: it has no way.
 */
export type Decision = 'map' | 'answer' | 'refuse'

/** The decision on one API. `min` and `max` are versions; the broker's own range narrows them further. */
export interface Claim {
  readonly name: string
  readonly decision: Decision
  readonly min: number
  readonly max: number
  /** One sentence for users and operators. */
  readonly reason: string
}

const map = (name: string, min: number, max: number, reason: string): Claim => entry(name, 'map', min, max, reason)
const answer = (name: string, min: number, max: number, reason: string): Claim => entry(name, 'answer', min, max, reason)
const refuse = (name: string, reason: string): Claim => entry(name, 'refuse', 0, -1, reason)

const CONTROLLER = 'Only controllers speak it among themselves.'
const REPLICATION = 'Only brokers speak it among themselves.'
const RETIRED = 'Kafka 4 no longer has it.'
const PLACEMENT = 'Where replicas lie belongs to the platform.'
const RAFT = 'The controller quorum belongs to the platform.'
const SHARE_STATE = 'Only share coordinators and brokers speak it among themselves.'
const TOKENS = 'The gateway keeps delegation tokens to itself: they would log in around the tenant’s users.'
const OF_ADMINISTRATORS =
  'Needs rights on the cluster: the gateway asks for administrators of the tenant, and shows its part.'

/** By API key. */
export const CLAIMS: Readonly<Record<number, Claim>> = {
  0: map('Produce', 3, 13, 'Topics and transactional ids are renamed; new leaders are shown at the gateway (KIP-951).'),
  1: map(
    'Fetch',
    4,
    18,
    'Topics are renamed up to version 12; later versions carry topic ids, which the broker checks. A session is known on the connection that opened it.',
  ),
  2: map('ListOffsets', 1, 11, 'Topics are renamed.'),
  3: map('Metadata', 0, 13, 'Topics are renamed, brokers are shown at the gateway, and asking creates no topic.'),
  4: refuse('LeaderAndIsr', RETIRED),
  5: refuse('StopReplica', RETIRED),
  6: refuse('UpdateMetadata', RETIRED),
  7: refuse('ControlledShutdown', RETIRED),
  8: map('OffsetCommit', 2, 10, 'Groups and topics are renamed.'),
  9: map('OffsetFetch', 1, 10, 'Groups and topics are renamed.'),
  10: map('FindCoordinator', 0, 6, 'Keys are renamed by their type; coordinators are shown at the gateway.'),
  11: map('JoinGroup', 0, 9, 'Groups are renamed, and topics inside the subscriptions of consumers.'),
  12: map('Heartbeat', 0, 4, 'Groups are renamed.'),
  13: map('LeaveGroup', 0, 5, 'Groups are renamed.'),
  14: map('SyncGroup', 0, 5, 'Groups are renamed, and topics inside the assignments of consumers.'),
  15: map('DescribeGroups', 0, 6, 'Groups are renamed, and topics inside subscriptions and assignments.'),
  16: map('ListGroups', 0, 5, 'Shows the groups of the tenant.'),
  17: answer('SaslHandshake', 0, 1, 'The gateway offers PLAIN and SCRAM over TLS.'),
  18: answer('ApiVersions', 0, 4, 'Lists what this table allows and every broker behind the gateway speaks.'),
  19: map('CreateTopics', 2, 7, 'Topics are renamed; the partition and retention limits of the tenant hold.'),
  20: map('DeleteTopics', 1, 6, 'Topics are renamed; the broker checks topic ids.'),
  21: map('DeleteRecords', 0, 2, 'Topics are renamed.'),
  22: map('InitProducerId', 0, 5, 'Transactional ids are renamed.'),
  23: map('OffsetForLeaderEpoch', 2, 4, 'Topics are renamed.'),
  24: map('AddPartitionsToTxn', 0, 3, 'Transactional ids and topics are renamed; later versions are for brokers only.'),
  25: map('AddOffsetsToTxn', 0, 4, 'Transactional ids and groups are renamed.'),
  26: map('EndTxn', 0, 5, 'Transactional ids are renamed.'),
  27: refuse('WriteTxnMarkers', REPLICATION),
  28: map('TxnOffsetCommit', 0, 5, 'Transactional ids, groups and topics are renamed.'),
  29: answer('DescribeAcls', 1, 3, OF_ADMINISTRATORS),
  30: answer('CreateAcls', 1, 3, 'Needs rights on the cluster: the gateway does it for administrators, within the tenant.'),
  31: answer('DeleteAcls', 1, 3, 'Needs rights on the cluster: the gateway does it for administrators, within the tenant.'),
  32: map('DescribeConfigs', 1, 4, 'Topics and groups only; brokers belong to the platform.'),
  33: map('AlterConfigs', 0, 2, 'Topics and groups only; the retention limit of the tenant holds.'),
  34: refuse('AlterReplicaLogDirs', PLACEMENT),
  35: answer(
    'DescribeLogDirs',
    1,
    5,
    'As DescribeAcls, of the broker that is asked: sizes of the tenant’s own partitions; disks have numbers for paths, and no sizes.',
  ),
  36: answer('SaslAuthenticate', 0, 2, 'Checked by the broker itself: the gateway holds no password.'),
  37: map('CreatePartitions', 0, 3, 'Topics are renamed; the partition limit of the tenant holds.'),
  38: refuse('CreateDelegationToken', TOKENS),
  39: refuse('RenewDelegationToken', TOKENS),
  40: refuse('ExpireDelegationToken', TOKENS),
  41: refuse('DescribeDelegationToken', TOKENS),
  42: map('DeleteGroups', 0, 2, 'Groups are renamed.'),
  43: refuse(
    'ElectLeaders',
    'An election moves the load of brokers, which all tenants share; asked for all topics it means those of every tenant.',
  ),
  44: map('IncrementalAlterConfigs', 0, 1, 'Topics and groups only; the retention limit of the tenant holds.'),
  45: refuse('AlterPartitionReassignments', PLACEMENT),
  46: answer('ListPartitionReassignments', 0, 0, OF_ADMINISTRATORS),
  47: map('OffsetDelete', 0, 0, 'Groups and topics are renamed.'),
  48: answer('DescribeClientQuotas', 0, 1, `${OF_ADMINISTRATORS} That is quotas of its own users.`),
  49: answer(
    'AlterClientQuotas',
    0,
    1,
    'Every entry is refused with the way that holds: quotas follow the order of tenant and user, and would be set back.',
  ),
  50: answer('DescribeUserScramCredentials', 0, 0, `${OF_ADMINISTRATORS} Mechanisms and iterations, never a secret.`),
  51: answer(
    'AlterUserScramCredentials',
    0,
    0,
    'Every user is refused with the way that holds: a password that was not given out by the platform would be removed.',
  ),
  52: refuse('Vote', CONTROLLER),
  53: refuse('BeginQuorumEpoch', CONTROLLER),
  54: refuse('EndQuorumEpoch', CONTROLLER),
  55: refuse('DescribeQuorum', RAFT),
  56: refuse('AlterPartition', CONTROLLER),
  57: refuse('UpdateFeatures', 'Features belong to the whole cluster.'),
  58: refuse('Envelope', CONTROLLER),
  59: refuse('FetchSnapshot', CONTROLLER),
  60: map('DescribeCluster', 0, 2, 'Brokers are shown at the gateway.'),
  61: map('DescribeProducers', 0, 0, 'Topics are renamed.'),
  62: refuse('BrokerRegistration', CONTROLLER),
  63: refuse('BrokerHeartbeat', CONTROLLER),
  64: refuse('UnregisterBroker', 'Brokers belong to the platform.'),
  65: map('DescribeTransactions', 0, 0, 'Transactional ids and topics are renamed.'),
  66: map('ListTransactions', 0, 2, 'Shows the transactions of the tenant; patterns see its ids only.'),
  67: refuse('AllocateProducerIds', CONTROLLER),
  68: map(
    'ConsumerGroupHeartbeat',
    0,
    1,
    'Groups and topics are renamed; a regular expression sees topics of the tenant, and those shared with it (KIP-848).',
  ),
  69: map('ConsumerGroupDescribe', 0, 1, 'Groups, topics and regular expressions are renamed.'),
  70: refuse('ControllerRegistration', CONTROLLER),
  71: answer('GetTelemetrySubscriptions', 0, 0, 'Client metrics end at the gateway: it asks for little (KIP-714).'),
  72: answer('PushTelemetry', 0, 0, 'Counted by tenant, and neither read nor kept; no broker sees it.'),
  73: refuse('AssignReplicasToDirs', CONTROLLER),
  74: answer('ListConfigResources', 0, 1, OF_ADMINISTRATORS),
  75: map('DescribeTopicPartitions', 0, 0, 'Topics and cursors are renamed; a list of all begins and ends with the tenant.'),
  76: map('ShareGroupHeartbeat', 1, 1, 'Groups and topics are renamed (KIP-932).'),
  77: map('ShareGroupDescribe', 1, 1, 'Groups and topics are renamed.'),
  78: map('ShareFetch', 1, 2, 'Groups are renamed; the broker checks topic ids; new leaders are shown at the gateway.'),
  79: map(
    'ShareAcknowledge',
    1,
    2,
    'Groups are renamed; the broker checks topic ids; new leaders are shown at the gateway.',
  ),
  80: refuse('AddRaftVoter', RAFT),
  81: refuse('RemoveRaftVoter', RAFT),
  82: refuse('UpdateRaftVoter', RAFT),
  83: refuse('InitializeShareGroupState', SHARE_STATE),
  84: refuse('ReadShareGroupState', SHARE_STATE),
  85: refuse('WriteShareGroupState', SHARE_STATE),
  86: refuse('DeleteShareGroupState', SHARE_STATE),
  87: refuse('ReadShareGroupStateSummary', SHARE_STATE),
  88: map(
    'StreamsGroupHeartbeat',
    0,
    0,
    'Groups and topics are renamed, those that the broker creates too; the partition and retention limits hold (KIP-1071).',
  ),
  89: map('StreamsGroupDescribe', 0, 0, 'Groups and topics are renamed.'),
  90: map('DescribeShareGroupOffsets', 0, 1, 'Groups and topics are renamed.'),
  91: map('AlterShareGroupOffsets', 0, 0, 'Groups and topics are renamed.'),
  92: map('DeleteShareGroupOffsets', 0, 0, 'Groups and topics are renamed.'),
}

/** The claim on `apiKey`; undefined for keys that Kafka 4.3 does not have, such as those of vendors from 10,000 on: refused. */
export function claimOf(apiKey: number): Claim | undefined {
  return CLAIMS[apiKey]
}

/** Whether clients may send `apiVersion` of `apiKey`, as far as the gateway is concerned. */
export function isOffered(apiKey: number, apiVersion: number): boolean {
  const claim = claimOf(apiKey)
  return claim !== undefined && claim.decision !== 'refuse' && apiVersion >= claim.min && apiVersion <= claim.max
}

function entry(name: string, decision: Decision, min: number, max: number, reason: string): Claim {
  return { name, decision, min, max, reason }
}
