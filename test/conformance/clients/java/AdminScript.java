// SPDX-License-Identifier: Apache-2.0

import static org.apache.kafka.common.config.ConfigResource.Type.BROKER;
import static org.apache.kafka.common.config.ConfigResource.Type.GROUP;
import static org.apache.kafka.common.config.ConfigResource.Type.TOPIC;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Calls the methods of the Java administration client, each on what a tenant has, and prints a line for each: method, what was
 * asked, answer. Last come the names of all methods that the interface has.
 */
public final class AdminScript {
    /** By then the broker knows what the controller has decided. */
    private static final long SETTLED_MS = 500;
    private final Login login;
    private final Admin admin;
    private final TopicPartition first;

    private AdminScript(Login login) {
        this.login = login;
        this.admin = Admin.create(login.with(Map.of("default.api.timeout.ms", "15000", "request.timeout.ms", "15000")));
        this.first = new TopicPartition(login.name("admin"), 0);
    }

    public static void main(String[] args) throws Exception {
        AdminScript script = new AdminScript(Login.from(args));
        script.topics();
        script.configs();
        try (AdminActors actors = new AdminActors(script.login)) {
            script.groups();
            script.records();
        }
        script.offsets();
        script.accessRules();
        script.platform();
        script.end();
        Report.methodsOf(Admin.class);
    }

    private void topics() throws Exception {
        String topic = login.name("admin");
        NewTopic wanted = new NewTopic(topic, Optional.of(2), Optional.empty()).configs(Map.of("retention.ms", "3600000"));
        Report.call("createTopics", "a new one", () -> admin.createTopics(List.of(wanted)));
        Report.call("createTopics", "one that is there", () -> admin.createTopics(List.of(wanted)));
        Report.call("createTopics", "a name that is none", () -> admin.createTopics(List.of(new NewTopic(login.name("a b"), 1, (short) 1))));
        Report.call("createTopics", "more copies than brokers", () -> admin.createTopics(List.of(new NewTopic(login.name("c"), 1, (short) 5))));
        Uuid id = idOf(topic);
        Report.call("createPartitions", "one more", () -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))));
        Report.call("createPartitions", "fewer", () -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(1))));
        Thread.sleep(SETTLED_MS);
        Report.call("listTopics", "all", () -> admin.listTopics());
        DescribeTopicsOptions rights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        Report.call("describeTopics", "by name", () -> admin.describeTopics(List.of(topic, login.name("missing")), rights));
        Report.call("describeTopics", "by id", () -> admin.describeTopics(TopicCollection.ofTopicIds(List.of(id)), rights).allTopicIds());
        Uuid strange = Uuid.fromString("AAAAAAAAQACAAAAAAAAAAA");
        Report.call("describeTopics", "by an id that is none", () -> admin.describeTopics(TopicCollection.ofTopicIds(List.of(strange))).allTopicIds());
        Report.call("createTopics", "one for its id", () -> admin.createTopics(List.of(new NewTopic(login.name("by-id"), 1, (short) 1))).all());
        Uuid second = idOf(login.name("by-id"));
        Report.call("deleteTopics", "by id", () -> admin.deleteTopics(TopicCollection.ofTopicIds(List.of(second))).all());
        Report.call("deleteTopics", "by an id that is none", () -> admin.deleteTopics(TopicCollection.ofTopicIds(List.of(strange))).all());
    }

    private void configs() throws Exception {
        ConfigResource topic = new ConfigResource(TOPIC, login.name("admin"));
        ConfigResource group = new ConfigResource(GROUP, login.name("modern"));
        AlterConfigOp smaller = new AlterConfigOp(new ConfigEntry("max.message.bytes", "123456"), AlterConfigOp.OpType.SET);
        AlterConfigOp nonsense = new AlterConfigOp(new ConfigEntry("max.message.bytes", "many"), AlterConfigOp.OpType.SET);
        AlterConfigOp session = new AlterConfigOp(new ConfigEntry("consumer.session.timeout.ms", "50000"), AlterConfigOp.OpType.SET);
        Report.call("incrementalAlterConfigs", "of a topic", () -> admin.incrementalAlterConfigs(Map.of(topic, List.of(smaller))));
        Report.call("incrementalAlterConfigs", "nonsense", () -> admin.incrementalAlterConfigs(Map.of(topic, List.of(nonsense))));
        Report.call("incrementalAlterConfigs", "of a group", () -> admin.incrementalAlterConfigs(Map.of(group, List.of(session))));
        ConfigResource shared = new ConfigResource(GROUP, login.name("shared"));
        AlterConfigOp fromStart = new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        Report.call("incrementalAlterConfigs", "of a share group", () -> admin.incrementalAlterConfigs(Map.of(shared, List.of(fromStart))));
        DescribeConfigsOptions whole = new DescribeConfigsOptions().includeSynonyms(true).includeDocumentation(true);
        Thread.sleep(SETTLED_MS);
        Report.call("describeConfigs", "of a topic", () -> admin.describeConfigs(List.of(topic), whole));
        Report.call("describeConfigs", "of a group", () -> admin.describeConfigs(List.of(group), whole));
        Report.call("describeConfigs", "of a broker", () -> errorOf(admin.describeConfigs(List.of(new ConfigResource(BROKER, "0"))).all()));
        ConfigResource missing = new ConfigResource(TOPIC, login.name("missing"));
        Report.call("describeConfigs", "of a topic that is not there", () -> admin.describeConfigs(List.of(missing)));
        Report.call("listConfigResources", "topics and groups", () -> admin.listConfigResources(Set.of(TOPIC, GROUP), new ListConfigResourcesOptions()));
        Report.call("listClientMetricsResources", "all", () -> admin.listClientMetricsResources());
    }

    private void groups() throws Exception {
        Report.call("listGroups", "all", () -> admin.listGroups());
        Report.call("listConsumerGroups", "all", () -> admin.listConsumerGroups());
        DescribeConsumerGroupsOptions rights = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
        for (String group : List.of("classic", "modern", "missing")) {
            Report.call("describeConsumerGroups", group, () -> admin.describeConsumerGroups(List.of(login.name(group)), rights));
        }
        Report.call("describeClassicGroups", "classic", () -> admin.describeClassicGroups(List.of(login.name("classic"))));
        Report.call("describeShareGroups", "shared", () -> admin.describeShareGroups(List.of(login.name("shared"))));
        Report.call("describeShareGroups", "one of another type", () -> admin.describeShareGroups(List.of(login.name("modern"))));
        Report.call("describeStreamsGroups", "missing", () -> admin.describeStreamsGroups(List.of(login.name("missing"))));
        Report.call("deleteConsumerGroups", "one with members", () -> admin.deleteConsumerGroups(List.of(login.name("modern"))));
        Report.call("deleteConsumerGroupOffsets", "of a topic in use", () -> admin.deleteConsumerGroupOffsets(login.name("classic"), Set.of(first)));
        RemoveMembersFromConsumerGroupOptions fixed = new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("fixed")));
        RemoveMembersFromConsumerGroupOptions strange = new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove("nobody")));
        Report.call("removeMembersFromConsumerGroup", "nobody", () -> admin.removeMembersFromConsumerGroup(login.name("classic"), strange).all());
        Report.call("removeMembersFromConsumerGroup", "a static member", () -> admin.removeMembersFromConsumerGroup(login.name("classic"), fixed).all());
    }

    private void records() throws Exception {
        TopicPartition missing = new TopicPartition(login.name("missing"), 0);
        for (OffsetSpec spec : List.of(OffsetSpec.earliest(), OffsetSpec.latest(), OffsetSpec.maxTimestamp(), OffsetSpec.forTimestamp(0))) {
            Report.call("listOffsets", spec.getClass().getSimpleName(), () -> admin.listOffsets(Map.of(first, spec)).all());
        }
        ListOffsetsOptions shortly = new ListOffsetsOptions().timeoutMs(1500);
        Report.call("listOffsets", "of a topic that is not there", () -> admin.listOffsets(Map.of(missing, OffsetSpec.latest()), shortly).partitionResult(missing));
        Report.call("describeProducers", "of a partition", () -> admin.describeProducers(List.of(first)));
        Report.call("listTransactions", "all", () -> admin.listTransactions());
        Report.call("listTransactions", "by pattern", () -> admin.listTransactions(new ListTransactionsOptions().filterOnTransactionalIdPattern(login.prefix().replace(".", "\\.") + "tel.*")));
        Report.call("listTransactions", "by another pattern", () -> admin.listTransactions(new ListTransactionsOptions().filterOnTransactionalIdPattern("x.*")));
        Report.call("listTransactions", "by a pattern that is none", () -> admin.listTransactions(new ListTransactionsOptions().filterOnTransactionalIdPattern("(")));
        Report.call("describeTransactions", "of an id", () -> admin.describeTransactions(List.of(login.name("teller"))));
        Report.call("describeTransactions", "missing", () -> admin.describeTransactions(List.of(login.name("missing"))));
        Report.call("fenceProducers", "by id", () -> admin.fenceProducers(List.of(login.name("teller"))).all());
        Report.call("forceTerminateTransaction", "by id", () -> admin.forceTerminateTransaction(login.name("teller")).result());
        Report.call("deleteRecords", "the first", () -> admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(1))).all());
        Report.call("deleteRecords", "more than there are", () -> admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(999))).all());
        Report.call("listOffsets", "after the deletion", () -> admin.listOffsets(Map.of(first, OffsetSpec.earliest())).all());
    }

    private void offsets() throws Exception {
        String group = login.name("modern");
        Map<TopicPartition, OffsetAndMetadata> one = Map.of(first, new OffsetAndMetadata(1, "by hand"));
        Report.call("alterConsumerGroupOffsets", "by hand", () -> admin.alterConsumerGroupOffsets(group, one));
        Report.call("listConsumerGroupOffsets", "all", () -> admin.listConsumerGroupOffsets(group));
        ListConsumerGroupOffsetsSpec some = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(first));
        Report.call("listConsumerGroupOffsets", "of one topic", () -> admin.listConsumerGroupOffsets(Map.of(group, some)).all());
        Report.call("deleteConsumerGroupOffsets", "of a topic", () -> admin.deleteConsumerGroupOffsets(group, Set.of(first)).all());
        Report.call("deleteConsumerGroups", "an empty and a missing one", () -> admin.deleteConsumerGroups(List.of(group, login.name("missing"))).deletedGroups());
        String shared = login.name("shared");
        Report.call("alterShareGroupOffsets", "by hand", () -> admin.alterShareGroupOffsets(shared, Map.of(first, 1L)).all());
        Report.call("listShareGroupOffsets", "all", () -> admin.listShareGroupOffsets(Map.of(shared, new ListShareGroupOffsetsSpec())).all());
        Report.call("deleteShareGroupOffsets", "of a topic", () -> admin.deleteShareGroupOffsets(shared, Set.of(login.name("admin"))).all());
        Report.call("deleteShareGroups", "empty", () -> admin.deleteShareGroups(List.of(shared)));
        String streams = login.name("streams-offsets");
        Report.call("alterStreamsGroupOffsets", "by hand", () -> admin.alterStreamsGroupOffsets(streams, one));
        Report.call("listStreamsGroupOffsets", "all", () -> admin.listStreamsGroupOffsets(Map.of(streams, new ListStreamsGroupOffsetsSpec())).all());
        Report.call("deleteStreamsGroupOffsets", "of a topic", () -> admin.deleteStreamsGroupOffsets(streams, Set.of(first)).all());
        Report.call("deleteStreamsGroups", "empty", () -> admin.deleteStreamsGroups(List.of(streams)));
        Report.call("deleteConsumerGroups", "the classic one", () -> admin.deleteConsumerGroups(List.of(login.name("classic"))));
        Report.call("deleteTopics", "by name", () -> admin.deleteTopics(List.of(login.name("admin"), login.name("missing"))).topicNameValues());
    }

    private void accessRules() {
        AccessControlEntry read = new AccessControlEntry("User:" + login.name("older"), "*", AclOperation.READ, AclPermissionType.ALLOW);
        AclBinding rule = new AclBinding(new ResourcePattern(ResourceType.TOPIC, login.name("events"), PatternType.LITERAL), read);
        Report.call("createAcls", "a rule", () -> admin.createAcls(List.of(rule)).all());
        Report.call("describeAcls", "the rule", () -> admin.describeAcls(rule.toFilter()).values());
        Report.call("deleteAcls", "the rule", () -> admin.deleteAcls(List.of(rule.toFilter())).all());
        Report.call("describeAcls", "all", () -> admin.describeAcls(AclBindingFilter.ANY).values());
    }

    /** What belongs to the platform, each asked so that nothing changes where it is allowed. */
    private void platform() {
        Report.call("describeCluster", "with rights", () -> admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true)));
        Report.call("describeFeatures", "all", () -> admin.describeFeatures());
        Report.call("describeClientQuotas", "all", () -> admin.describeClientQuotas(ClientQuotaFilter.all()).entities());
        ClientQuotaAlteration more = new ClientQuotaAlteration(new ClientQuotaEntity(Map.of("user", login.name("app"))), List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 9e9)));
        Report.call("alterClientQuotas", "of oneself", () -> admin.alterClientQuotas(List.of(more)).all());
        Report.call("describeUserScramCredentials", "all", () -> admin.describeUserScramCredentials().all());
        Report.call("alterUserScramCredentials", "a removal", () -> admin.alterUserScramCredentials(List.of(new UserScramCredentialDeletion(login.name("nobody"), ScramMechanism.SCRAM_SHA_256))).all());
        Report.call("createDelegationToken", "for oneself", () -> admin.createDelegationToken().delegationToken());
        Report.call("describeDelegationToken", "all", () -> admin.describeDelegationToken().delegationTokens());
        Report.call("renewDelegationToken", "of nobody", () -> admin.renewDelegationToken(new byte[] {1}).expiryTimestamp());
        Report.call("expireDelegationToken", "of nobody", () -> admin.expireDelegationToken(new byte[] {1}).expiryTimestamp());
        Report.call("describeLogDirs", "of all topics", () -> admin.describeLogDirs(List.of(0)).allDescriptions());
        TopicPartitionReplica replica = new TopicPartitionReplica(login.name("events"), 0, 0);
        Report.call("describeReplicaLogDirs", "of a replica", () -> admin.describeReplicaLogDirs(List.of(replica)).all());
        Report.call("alterReplicaLogDirs", "of a replica", () -> admin.alterReplicaLogDirs(Map.of(replica, "/nowhere")).all());
        Report.call("electLeaders", "of all topics", () -> admin.electLeaders(ElectionType.PREFERRED, null).partitions());
        Report.call("alterPartitionReassignments", "none", () -> admin.alterPartitionReassignments(Map.of(new TopicPartition(login.name("events"), 0), Optional.empty())).all());
        Report.call("listPartitionReassignments", "of all topics", () -> admin.listPartitionReassignments().reassignments());
        Report.call("describeMetadataQuorum", "", () -> admin.describeMetadataQuorum().quorumInfo());
        Report.call("addRaftVoter", "", () -> admin.addRaftVoter(9, Uuid.ONE_UUID, Set.of(new RaftVoterEndpoint("C", "localhost", 1))).all());
        Report.call("removeRaftVoter", "", () -> admin.removeRaftVoter(9, Uuid.ONE_UUID).all());
        Report.call("unregisterBroker", "", () -> admin.unregisterBroker(9).all());
        Report.call("updateFeatures", "", () -> admin.updateFeatures(Map.of("group.version", new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.UPGRADE))).all());
        AbortTransactionSpec hanging = new AbortTransactionSpec(new TopicPartition(login.name("events"), 0), 1L, (short) 0, 0);
        Report.call("abortTransaction", "of nobody", () -> admin.abortTransaction(hanging).all());
        Report.call("clientInstanceId", "", () -> admin.clientInstanceId(Duration.ofSeconds(1)));
    }

    private void end() {
        Report.call("metrics", "", () -> admin.metrics().isEmpty());
        Report.call("registerMetricForSubscription", "", () -> { admin.registerMetricForSubscription(null); return "done"; });
        Report.call("unregisterMetricFromSubscription", "", () -> { admin.unregisterMetricFromSubscription(null); return "done"; });
        Report.call("close", "", () -> { admin.close(Duration.ofSeconds(5)); return "done"; });
        Report.call("create", "again", () -> { Admin.create(login.properties()).close(); return "done"; });
    }

    /** Of a topic that was just made: asked until the broker knows it. */
    private Uuid idOf(String topic) throws Exception {
        for (int tries = 0; tries < 100; tries++) {
            for (TopicListing each : admin.listTopics().listings().get()) if (each.name().equals(topic)) return each.topicId();
            Thread.sleep(50);
        }
        throw new IllegalStateException("The topic " + topic + " did not appear.");
    }

    /** Only whether it failed and how: of what may be read there is more than a line. */
    private static Object errorOf(org.apache.kafka.common.KafkaFuture<?> future) {
        return future.thenApply(value -> "an answer");
    }
}
