// SPDX-License-Identifier: Apache-2.0
/** Text fields whose names sound as if they carried a tenant's name, and why they do not. Read by the closed-list test. */

const INSTANCE = 'told apart within one group only, whose id is renamed'
const STATE = 'a state or type from a fixed list of Kafka'
const ASSIGNOR = 'an assignor or protocol that the clients of the group agree on'
const CONFIG = 'the key of a setting, such as retention.ms'
const FEATURE = 'a feature of the cluster, such as metadata.version'
const LISTENER = 'a listener of a broker or controller'
const CLIENT_HOST = 'the address of the client as the broker sees it'
const ACL_HOST = 'an address of clients, or a star'
const PRINCIPAL_TYPE = 'the type of a principal, such as User'
const ENTITY_TYPE = 'user, client-id or ip'
const QUOTA = 'the key of a quota, such as producer_byte_rate'
const CLIENT_TAG = 'a tag that the application gives its instances, for rack awareness'
const APPLICATION_HOST = "where the application itself is reached, for interactive queries: not an address of Kafka's"
const FORWARDED = 'between brokers and controllers only, never of a client'

/** Path of the field to the reason. */
export const HARMLESS_NAMES: Readonly<Record<string, string>> = {
  'OffsetCommit.request.groupInstanceId': INSTANCE,
  'JoinGroup.request.groupInstanceId': INSTANCE,
  'JoinGroup.request.protocols.name': ASSIGNOR,
  'JoinGroup.response.protocolName': ASSIGNOR,
  'JoinGroup.response.members.groupInstanceId': INSTANCE,
  'Heartbeat.request.groupInstanceId': INSTANCE,
  'LeaveGroup.request.members.groupInstanceId': INSTANCE,
  'LeaveGroup.response.members.groupInstanceId': INSTANCE,
  'SyncGroup.request.groupInstanceId': INSTANCE,
  'SyncGroup.request.protocolName': ASSIGNOR,
  'SyncGroup.response.protocolName': ASSIGNOR,
  'DescribeGroups.response.groups.groupState': STATE,
  'DescribeGroups.response.groups.members.groupInstanceId': INSTANCE,
  'DescribeGroups.response.groups.members.clientHost': CLIENT_HOST,
  'ListGroups.response.groups.groupState': STATE,
  'ListGroups.response.groups.groupType': STATE,
  'ApiVersions.request.clientSoftwareName': 'the name of the client library',
  'ApiVersions.response.supportedFeatures.name': FEATURE,
  'ApiVersions.response.finalizedFeatures.name': FEATURE,
  'CreateTopics.request.topics.configs.name': CONFIG,
  'CreateTopics.response.topics.configs.name': CONFIG,
  'TxnOffsetCommit.request.groupInstanceId': INSTANCE,
  'DescribeAcls.request.hostFilter': ACL_HOST,
  'DescribeAcls.response.resources.acls.host': ACL_HOST,
  'CreateAcls.request.creations.host': ACL_HOST,
  'DeleteAcls.request.filters.hostFilter': ACL_HOST,
  'DeleteAcls.response.filterResults.matchingAcls.host': ACL_HOST,
  'DescribeConfigs.request.resources.configurationKeys': CONFIG,
  'DescribeConfigs.response.results.configs.name': CONFIG,
  'DescribeConfigs.response.results.configs.synonyms.name': CONFIG,
  'AlterConfigs.request.resources.configs.name': CONFIG,
  'CreateDelegationToken.request.ownerPrincipalType': PRINCIPAL_TYPE,
  'CreateDelegationToken.request.renewers.principalType': PRINCIPAL_TYPE,
  'CreateDelegationToken.response.principalType': PRINCIPAL_TYPE,
  'CreateDelegationToken.response.tokenRequesterPrincipalType': PRINCIPAL_TYPE,
  'DescribeDelegationToken.request.owners.principalType': PRINCIPAL_TYPE,
  'DescribeDelegationToken.response.tokens.principalType': PRINCIPAL_TYPE,
  'DescribeDelegationToken.response.tokens.tokenRequesterPrincipalType': PRINCIPAL_TYPE,
  'DescribeDelegationToken.response.tokens.renewers.principalType': PRINCIPAL_TYPE,
  'IncrementalAlterConfigs.request.resources.configs.name': CONFIG,
  'DescribeClientQuotas.request.components.entityType': ENTITY_TYPE,
  'DescribeClientQuotas.response.entries.entity.entityType': ENTITY_TYPE,
  'DescribeClientQuotas.response.entries.values.key': QUOTA,
  'AlterClientQuotas.request.entries.entity.entityType': ENTITY_TYPE,
  'AlterClientQuotas.request.entries.ops.key': QUOTA,
  'AlterClientQuotas.response.entries.entity.entityType': ENTITY_TYPE,
  'BeginQuorumEpoch.request.leaderEndpoints.name': LISTENER,
  'EndQuorumEpoch.request.leaderEndpoints.name': LISTENER,
  'DescribeQuorum.response.nodes.listeners.name': LISTENER,
  'Envelope.request.requestPrincipal': FORWARDED,
  'Envelope.request.clientHostAddress': FORWARDED,
  'BrokerRegistration.request.listeners.name': LISTENER,
  'BrokerRegistration.request.features.name': FEATURE,
  'ConsumerGroupDescribe.response.groups.groupState': STATE,
  'ConsumerGroupDescribe.response.groups.assignorName': ASSIGNOR,
  'ConsumerGroupDescribe.response.groups.members.clientHost': CLIENT_HOST,
  'ControllerRegistration.request.listeners.name': LISTENER,
  'ControllerRegistration.request.features.name': FEATURE,
  'ShareGroupDescribe.response.groups.groupState': STATE,
  'ShareGroupDescribe.response.groups.assignorName': ASSIGNOR,
  'ShareGroupDescribe.response.groups.members.clientHost': CLIENT_HOST,
  'AddRaftVoter.request.listeners.name': LISTENER,
  'UpdateRaftVoter.request.listeners.name': LISTENER,
  'StreamsGroupHeartbeat.request.topology.subtopologies.stateChangelogTopics.topicConfigs.key': CONFIG,
  'StreamsGroupHeartbeat.request.topology.subtopologies.repartitionSourceTopics.topicConfigs.key': CONFIG,
  'StreamsGroupHeartbeat.request.userEndpoint.host': APPLICATION_HOST,
  'StreamsGroupHeartbeat.request.clientTags.key': CLIENT_TAG,
  'StreamsGroupHeartbeat.response.partitionsByUserEndpoint.userEndpoint.host': APPLICATION_HOST,
  'StreamsGroupDescribe.response.groups.groupState': STATE,
  'StreamsGroupDescribe.response.groups.topology.subtopologies.stateChangelogTopics.topicConfigs.key': CONFIG,
  'StreamsGroupDescribe.response.groups.topology.subtopologies.repartitionSourceTopics.topicConfigs.key': CONFIG,
  'StreamsGroupDescribe.response.groups.members.clientHost': CLIENT_HOST,
  'StreamsGroupDescribe.response.groups.members.userEndpoint.host': APPLICATION_HOST,
  'StreamsGroupDescribe.response.groups.members.clientTags.key': CLIENT_TAG,
  'ConsumerSubscription.userData':
    "the assignor's own bytes, seen by members of the same tenant only, in the names they know",
  'ConsumerAssignment.userData': "the assignor's own bytes, seen by members of the same tenant only, in the names they know",
}
