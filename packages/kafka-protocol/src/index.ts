// SPDX-License-Identifier: Apache-2.0
export {
  type Api,
  type Audience,
  api,
  NEVER,
  type RequestInput,
  type RequestOf,
  type ResponseInput,
  type ResponseOf,
} from './api.ts'
export { APIS, apiOf } from './apis.ts'
export { Reader, Writer } from './bytes.ts'
export { codecOf, type Direction } from './codecs.ts'
export {
  CONSUMER_PROTOCOL_TYPE,
  type ConsumerAssignment,
  type ConsumerSubscription,
  readAssignment,
  readSubscription,
  writeAssignment,
  writeSubscription,
} from './consumer-protocol.ts'
export { ERROR_CODES, type ErrorCodeName, errorName, isRetriable } from './error-codes.ts'
export { type ExplainedField, type ExplainedFrame, explainFrame, type ResponseOfWhat } from './explain-frame.ts'
export { DEFAULT_MAX_FRAME_BYTES, FrameGatherer, PLANNED_BYTES } from './frame-gatherer.ts'
export {
  decodeRequestBody,
  decodeResponse,
  encodeRequest,
  encodeRequestChunks,
  encodeResponse,
  encodeResponseChunks,
} from './frames.ts'
export { type RequestHeader, type RequestHeaderInput, type ResponseHeader, readRequestHeader } from './header.ts'
export type { Mark, NameKind } from './marks.ts'
export { produce } from './messages/00-produce.ts'
export { fetch } from './messages/01-fetch.ts'
export { listOffsets } from './messages/02-list-offsets.ts'
export { metadata } from './messages/03-metadata.ts'
export { offsetCommit } from './messages/08-offset-commit.ts'
export { offsetFetch } from './messages/09-offset-fetch.ts'
export { findCoordinator } from './messages/10-find-coordinator.ts'
export { joinGroup } from './messages/11-join-group.ts'
export { heartbeat } from './messages/12-heartbeat.ts'
export { leaveGroup } from './messages/13-leave-group.ts'
export { syncGroup } from './messages/14-sync-group.ts'
export { describeGroups } from './messages/15-describe-groups.ts'
export { listGroups } from './messages/16-list-groups.ts'
export { saslHandshake } from './messages/17-sasl-handshake.ts'
export { apiVersions } from './messages/18-api-versions.ts'
export { createTopics } from './messages/19-create-topics.ts'
export { deleteTopics } from './messages/20-delete-topics.ts'
export { deleteRecords } from './messages/21-delete-records.ts'
export { initProducerId } from './messages/22-init-producer-id.ts'
export { offsetForLeaderEpoch } from './messages/23-offset-for-leader-epoch.ts'
export { addPartitionsToTxn } from './messages/24-add-partitions-to-txn.ts'
export { addOffsetsToTxn } from './messages/25-add-offsets-to-txn.ts'
export { endTxn } from './messages/26-end-txn.ts'
export { writeTxnMarkers } from './messages/27-write-txn-markers.ts'
export { txnOffsetCommit } from './messages/28-txn-offset-commit.ts'
export { describeAcls } from './messages/29-describe-acls.ts'
export { createAcls } from './messages/30-create-acls.ts'
export { deleteAcls } from './messages/31-delete-acls.ts'
export { describeConfigs } from './messages/32-describe-configs.ts'
export { alterConfigs } from './messages/33-alter-configs.ts'
export { alterReplicaLogDirs } from './messages/34-alter-replica-log-dirs.ts'
export { describeLogDirs } from './messages/35-describe-log-dirs.ts'
export { saslAuthenticate } from './messages/36-sasl-authenticate.ts'
export { createPartitions } from './messages/37-create-partitions.ts'
export { createDelegationToken } from './messages/38-create-delegation-token.ts'
export { renewDelegationToken } from './messages/39-renew-delegation-token.ts'
export { expireDelegationToken } from './messages/40-expire-delegation-token.ts'
export { describeDelegationToken } from './messages/41-describe-delegation-token.ts'
export { deleteGroups } from './messages/42-delete-groups.ts'
export { electLeaders } from './messages/43-elect-leaders.ts'
export { incrementalAlterConfigs } from './messages/44-incremental-alter-configs.ts'
export { alterPartitionReassignments } from './messages/45-alter-partition-reassignments.ts'
export { listPartitionReassignments } from './messages/46-list-partition-reassignments.ts'
export { offsetDelete } from './messages/47-offset-delete.ts'
export { describeClientQuotas } from './messages/48-describe-client-quotas.ts'
export { alterClientQuotas } from './messages/49-alter-client-quotas.ts'
export { describeUserScramCredentials } from './messages/50-describe-user-scram-credentials.ts'
export { alterUserScramCredentials } from './messages/51-alter-user-scram-credentials.ts'
export { vote } from './messages/52-vote.ts'
export { beginQuorumEpoch } from './messages/53-begin-quorum-epoch.ts'
export { endQuorumEpoch } from './messages/54-end-quorum-epoch.ts'
export { describeQuorum } from './messages/55-describe-quorum.ts'
export { alterPartition } from './messages/56-alter-partition.ts'
export { updateFeatures } from './messages/57-update-features.ts'
export { envelope } from './messages/58-envelope.ts'
export { fetchSnapshot } from './messages/59-fetch-snapshot.ts'
export { describeCluster } from './messages/60-describe-cluster.ts'
export { describeProducers } from './messages/61-describe-producers.ts'
export { brokerRegistration } from './messages/62-broker-registration.ts'
export { brokerHeartbeat } from './messages/63-broker-heartbeat.ts'
export { unregisterBroker } from './messages/64-unregister-broker.ts'
export { describeTransactions } from './messages/65-describe-transactions.ts'
export { listTransactions } from './messages/66-list-transactions.ts'
export { allocateProducerIds } from './messages/67-allocate-producer-ids.ts'
export { consumerGroupHeartbeat } from './messages/68-consumer-group-heartbeat.ts'
export { consumerGroupDescribe } from './messages/69-consumer-group-describe.ts'
export { controllerRegistration } from './messages/70-controller-registration.ts'
export { getTelemetrySubscriptions } from './messages/71-get-telemetry-subscriptions.ts'
export { pushTelemetry } from './messages/72-push-telemetry.ts'
export { assignReplicasToDirs } from './messages/73-assign-replicas-to-dirs.ts'
export { listConfigResources } from './messages/74-list-config-resources.ts'
export { describeTopicPartitions } from './messages/75-describe-topic-partitions.ts'
export { shareGroupHeartbeat } from './messages/76-share-group-heartbeat.ts'
export { shareGroupDescribe } from './messages/77-share-group-describe.ts'
export { shareFetch } from './messages/78-share-fetch.ts'
export { shareAcknowledge } from './messages/79-share-acknowledge.ts'
export { addRaftVoter } from './messages/80-add-raft-voter.ts'
export { removeRaftVoter } from './messages/81-remove-raft-voter.ts'
export { updateRaftVoter } from './messages/82-update-raft-voter.ts'
export { initializeShareGroupState } from './messages/83-initialize-share-group-state.ts'
export { readShareGroupState } from './messages/84-read-share-group-state.ts'
export { writeShareGroupState } from './messages/85-write-share-group-state.ts'
export { deleteShareGroupState } from './messages/86-delete-share-group-state.ts'
export { readShareGroupStateSummary } from './messages/87-read-share-group-state-summary.ts'
export { streamsGroupHeartbeat } from './messages/88-streams-group-heartbeat.ts'
export { streamsGroupDescribe } from './messages/89-streams-group-describe.ts'
export { describeShareGroupOffsets } from './messages/90-describe-share-group-offsets.ts'
export { alterShareGroupOffsets } from './messages/91-alter-share-group-offsets.ts'
export { deleteShareGroupOffsets } from './messages/92-delete-share-group-offsets.ts'
export { type Rename, rewriteNames, visitTopicIds } from './names.ts'
export { type Fields, type InputOf, type MessageOf, UNKNOWN_TAGS, type UnknownTag } from './schema.ts'
export { type ScramClient, type ScramOptions, saltPassword, scramClient } from './scram-client.ts'
export { type ClientFirst, parseClientFirst, type ScramMechanism } from './scram-messages.ts'
