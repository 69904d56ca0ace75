// SPDX-License-Identifier: Apache-2.0

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;

/**
 * Asks for what only an administrator may see (quotas, SCRAM users, sizes on disk, moves of partitions), and prints the part of one
 * tenant. Run as the tenant's administrator through the gateway and as the cluster's at the broker, both must say the same.
 */
public final class OwnPart {
    private final Login login;
    private final Admin admin;

    private OwnPart(Login login) {
        this.login = login;
        this.admin = Admin.create(login.properties());
    }

    public static void main(String[] args) throws Exception {
        OwnPart script = new OwnPart(Login.from(args));
        script.users();
        script.quotas();
        script.disks();
        script.moves();
        script.admin.close(Duration.ofSeconds(5));
    }

    private void users() {
        Report.call("describeUserScramCredentials", "all", () -> own(admin.describeUserScramCredentials().all().get()));
        for (String user : List.of("app", "older", "missing")) {
            String name = login.name(user);
            Report.call("describeUserScramCredentials", user, () -> admin.describeUserScramCredentials(List.of(name)).description(name));
        }
    }

    private void quotas() {
        ClientQuotaFilterComponent app = ClientQuotaFilterComponent.ofEntity("user", login.name("app"));
        ClientQuotaFilterComponent missing = ClientQuotaFilterComponent.ofEntity("user", login.name("missing"));
        Report.call("describeClientQuotas", "of a user", () -> admin.describeClientQuotas(ClientQuotaFilter.contains(List.of(app))).entities());
        Report.call("describeClientQuotas", "of a user alone", () -> admin.describeClientQuotas(ClientQuotaFilter.containsOnly(List.of(app))).entities());
        Report.call("describeClientQuotas", "of nobody", () -> admin.describeClientQuotas(ClientQuotaFilter.contains(List.of(missing))).entities());
        Report.call("describeClientQuotas", "of a type that is none", () -> admin.describeClientQuotas(
            ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntityType("planet")))).entities());
        Report.call("describeClientQuotas", "all", () -> admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get().entrySet().stream()
            .filter(each -> String.valueOf(each.getKey().entries().get("user")).startsWith(login.prefix()))
            .collect(Collectors.toMap(each -> each.getKey().entries(), Map.Entry::getValue)));
    }

    /** Sizes are told: nothing else may write meanwhile. */
    private void disks() {
        Report.call("describeLogDirs", "all", () -> {
            Map<String, String> told = new TreeMap<>();
            for (LogDirDescription disk : admin.describeLogDirs(List.of(0)).allDescriptions().get().get(0).values()) {
                for (Map.Entry<TopicPartition, ReplicaInfo> each : disk.replicaInfos().entrySet()) {
                    told.put(each.getKey().toString(), Render.of(each.getValue()));
                }
            }
            return own(told);
        });
        TopicPartitionReplica replica = new TopicPartitionReplica(login.name("events"), 0, 0);
        Report.call("describeReplicaLogDirs", "of a replica", () -> admin.describeReplicaLogDirs(List.of(replica)).all().get().get(replica).getCurrentReplicaOffsetLag());
        TopicPartitionReplica missing = new TopicPartitionReplica(login.name("missing"), 0, 0);
        Report.call("describeReplicaLogDirs", "of nothing", () -> admin.describeReplicaLogDirs(List.of(missing)).all());
    }

    private void moves() {
        TopicPartition first = new TopicPartition(login.name("events"), 0);
        TopicPartition missing = new TopicPartition(login.name("missing"), 0);
        Report.call("listPartitionReassignments", "all", () -> admin.listPartitionReassignments().reassignments());
        Report.call("listPartitionReassignments", "by name", () -> admin.listPartitionReassignments(Set.of(first, missing)).reassignments());
    }

    /** What is the tenant's of names that a cluster has: through the gateway there is nothing else. */
    private <V> Map<String, V> own(Map<String, V> all) {
        return all.entrySet().stream()
            .filter(each -> each.getKey().startsWith(login.prefix()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
