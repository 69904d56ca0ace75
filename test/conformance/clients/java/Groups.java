// SPDX-License-Identifier: Apache-2.0

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Consumers of both group protocols: by a list of topics, by an expression that the client looks at and by one that the broker looks
 * at, and a group that moves from the classic protocol to the newer one and back while it works (KIP-848).
 */
public final class Groups {
    private static final int RECORDS = 40;
    private static final long TIMEOUT_MS = 100_000;
    private final Login login;

    private Groups(Login login) {
        this.login = login;
    }

    public static void main(String[] args) throws Exception {
        Groups groups = new Groups(Login.from(args));
        for (String topic : List.of("member-a", "member-b")) {
            Topics.make(groups.login, topic, 2);
            Topics.fill(groups.login, topic, 2, topic, RECORDS);
        }
        groups.subscriptions();
        groups.migration();
    }

    private void subscriptions() {
        for (String protocol : List.of("classic", "consumer")) {
            Report.call(protocol, "by list", () -> {
                try (Consumer<String, String> consumer = member(protocol + "-list", protocol)) {
                    consumer.subscribe(List.of(login.name("member-a"), login.name("member-b")));
                    return readAll(consumer, 2 * RECORDS);
                }
            });
            Report.call(protocol, "by the client's expression", () -> {
                try (Consumer<String, String> consumer = member(protocol + "-pattern", protocol)) {
                    consumer.subscribe(Pattern.compile(Pattern.quote(login.prefix()) + "member-.*"));
                    return readAll(consumer, 2 * RECORDS);
                }
            });
        }
        for (String expression : List.of("member-.*", "member-(a|x)", "nothing-.*", "(")) {
            Report.call("consumer", "by the broker's expression " + expression, () -> {
                try (Consumer<String, String> consumer = member("regex-" + expression.length(), "consumer")) {
                    consumer.subscribe(new SubscriptionPattern(login.prefix() + expression));
                    return readAll(consumer, expression.startsWith("nothing") ? 0 : expression.contains("|") ? RECORDS : 2 * RECORDS);
                }
            });
        }
    }

    /** Each step brings a member of the other protocol before the last one of the old leaves; all records are read once. */
    private void migration() throws Exception {
        String topic = login.name("member-a");
        Consumer<String, String> old = member("moving", "classic");
        old.subscribe(List.of(topic));
        Report.call("moving", "classic reads", () -> readAll(old, RECORDS));
        Report.call("moving", "group while classic", () -> describe());
        Consumer<String, String> fresh = member("moving", "consumer");
        fresh.subscribe(List.of(topic));
        Report.call("moving", "both have one partition each", () -> shared(old, fresh));
        Report.call("moving", "group while mixed", () -> describe());
        old.close();
        Topics.fill(login, "member-a", 2, "second", RECORDS);
        Report.call("moving", "the newer member reads on", () -> readAll(fresh, RECORDS));
        Consumer<String, String> back = member("moving", "classic");
        back.subscribe(List.of(topic));
        Report.call("moving", "both have one partition each again", () -> shared(fresh, back));
        fresh.close();
        Topics.fill(login, "member-a", 2, "third", RECORDS);
        Report.call("moving", "classic reads on", () -> readAll(back, RECORDS));
        Report.call("moving", "group while classic again", () -> describe());
        back.close();
    }

    private Consumer<String, String> member(String group, String protocol) {
        Map<String, String> settings = new HashMap<>(Map.of("group.id", login.name(group), "group.protocol", protocol,
            "auto.offset.reset", "earliest", "enable.auto.commit", "false", "client.id", protocol, "metadata.max.age.ms", "1000"));
        if (protocol.equals("classic")) settings.put("heartbeat.interval.ms", "200");
        return new KafkaConsumer<>(login.with(settings), new StringDeserializer(), new StringDeserializer());
    }

    /** Reads so many records, and shortly whether there are more; each with the topic it came from. */
    private static Object readAll(Consumer<String, String> consumer, int count) {
        List<String> values = new ArrayList<>();
        long deadline = System.currentTimeMillis() + TIMEOUT_MS;
        while (values.size() < count && System.currentTimeMillis() < deadline) collect(consumer, values, 200);
        for (int polls = 0; polls < 3; polls++) collect(consumer, values, 100);
        return values.size() + " records, " + new TreeSet<>(values);
    }

    private static void collect(Consumer<String, String> consumer, Collection<String> values, long waitMs) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(waitMs));
        for (ConsumerRecord<String, String> record : records) {
            values.add(record.topic() + "/" + record.partition() + "/" + record.offset() + " " + record.value());
        }
        if (!records.isEmpty()) consumer.commitSync();
    }

    private static Object shared(Consumer<String, String> one, Consumer<String, String> other) {
        long deadline = System.currentTimeMillis() + TIMEOUT_MS;
        while (one.assignment().size() != 1 || other.assignment().size() != 1) {
            one.poll(Duration.ofMillis(50));
            other.poll(Duration.ofMillis(50));
            if (System.currentTimeMillis() > deadline) return "no: " + one.assignment() + " and " + other.assignment();
        }
        return "yes";
    }

    private Object describe() throws Exception {
        try (Admin admin = Admin.create(login.properties())) {
            ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(login.name("moving"))).all().get().get(login.name("moving"));
            List<String> members = group.members().stream()
                .map(member -> member.clientId() + " has " + member.assignment().topicPartitions().size() + " partitions, upgraded " + member.upgraded())
                .sorted().toList();
            return group.type() + " with " + members;
        }
    }
}
