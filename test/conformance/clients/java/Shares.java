// SPDX-License-Identifier: Apache-2.0

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Share consumers (KIP-932): two of one group, which accept, release and reject, so that some records come a second time. */
public final class Shares {
    private static final int RECORDS = 60;
    private static final long TIMEOUT_MS = 100_000;

    private Shares() {}

    public static void main(String[] args) throws Exception {
        Login login = Login.from(args);
        Topics.make(login, "queue", 2);
        Topics.fill(login, "queue", 2, "task", RECORDS);
        fromTheStart(login);
        Map<String, String> settings = Map.of("group.id", login.name("workers"), "share.acknowledgement.mode", "explicit");
        Map<String, TreeSet<Short>> seen = new TreeMap<>();
        Map<String, String> done = new TreeMap<>();
        try (ShareConsumer<String, String> one = consumer(login, settings); ShareConsumer<String, String> other = consumer(login, settings)) {
            long deadline = System.currentTimeMillis() + TIMEOUT_MS;
            while (done.size() < RECORDS && System.currentTimeMillis() < deadline) {
                for (ShareConsumer<String, String> each : List.of(one, other)) work(each, seen, done);
            }
        }
        Report.call("share", "how often each came", () -> seen);
        Report.call("share", "what became of each", () -> done);
    }

    private static void fromTheStart(Login login) throws Exception {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, login.name("workers"));
        AlterConfigOp earliest = new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(login.properties())) {
            admin.incrementalAlterConfigs(Map.of(group, List.of(earliest))).all().get();
        }
        Thread.sleep(500);
    }

    private static ShareConsumer<String, String> consumer(Login login, Map<String, String> settings) {
        ShareConsumer<String, String> consumer = new KafkaShareConsumer<>(login.with(settings), new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(login.name("queue")));
        return consumer;
    }

    /** Every fifth record is given back once, every seventh is rejected, all others are accepted. */
    private static void work(ShareConsumer<String, String> consumer, Map<String, TreeSet<Short>> seen, Map<String, String> done) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
            short delivery = record.deliveryCount().orElse((short) 0);
            int number = Integer.parseInt(record.value().substring("task-".length()));
            seen.computeIfAbsent(record.value(), value -> new TreeSet<>()).add(delivery);
            AcknowledgeType type = number % 5 == 0 && delivery == 1 ? AcknowledgeType.RELEASE : number % 7 == 0 ? AcknowledgeType.REJECT : AcknowledgeType.ACCEPT;
            consumer.acknowledge(record, type);
            if (type != AcknowledgeType.RELEASE) done.put(record.value(), type.toString());
        }
        consumer.commitSync();
    }
}
