// SPDX-License-Identifier: Apache-2.0

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Who is at work while the administrator looks: a transactional producer with an open transaction, and a member of each type of group. */
final class AdminActors implements AutoCloseable {
    private static final long TIMEOUT_MS = 100_000;
    private static final long NEWEST_AHEAD_MS = 600_000;
    private final Login login;
    private final Producer<String, String> producer;
    private final Consumer<String, String> classic;
    private final Consumer<String, String> modern;
    private final ShareConsumer<String, String> shared;

    AdminActors(Login login) throws Exception {
        this.login = login;
        String topic = login.name("admin");
        Map<String, String> once = Map.of("transactional.id", login.name("teller"), "client.id", "teller");
        producer = new KafkaProducer<>(login.with(once), new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        producer.beginTransaction();
        long now = System.currentTimeMillis();
        for (int index = 0; index < 10; index++) {
            // The last of them is the newest for ever: later ones and the ends of transactions bear the clock's time.
            long time = index == 9 ? now + NEWEST_AHEAD_MS : now;
            producer.send(new ProducerRecord<>(topic, 0, time, "key", "value " + index)).get();
        }
        producer.commitTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, "key", "open")).get();
        classic = member("classic", Map.of("group.protocol", "classic", "group.instance.id", "fixed"));
        modern = member("modern", Map.of("group.protocol", "consumer"));
        for (Consumer<String, String> each : List.of(classic, modern)) assigned(each);
        shared = new KafkaShareConsumer<>(login.with(of("shared", Map.of())), new StringDeserializer(), new StringDeserializer());
        shared.subscribe(List.of(topic));
        long deadline = System.currentTimeMillis() + TIMEOUT_MS;
        int read = 0;
        while (read < 10 && System.currentTimeMillis() < deadline) read += shared.poll(Duration.ofMillis(100)).count();
    }

    @Override
    public void close() {
        classic.close();
        modern.close();
        shared.close();
        producer.close(Duration.ZERO);
    }

    private Consumer<String, String> member(String group, Map<String, String> more) {
        Consumer<String, String> consumer =
            new KafkaConsumer<>(login.with(of(group, more)), new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(login.name("admin")));
        return consumer;
    }

    private Map<String, String> of(String group, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("group.id", login.name(group));
        settings.put("client.id", group);
        if (!group.equals("shared")) settings.put("enable.auto.commit", "false");
        return settings;
    }

    /** Reads until there are records and commits them, so that the group has members, an assignment and offsets. */
    private static void assigned(Consumer<String, String> consumer) {
        long deadline = System.currentTimeMillis() + TIMEOUT_MS;
        while (consumer.assignment().isEmpty()) {
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(100));
            if (System.currentTimeMillis() > deadline) throw new IllegalStateException("No partition was assigned: " + records.count());
        }
        TopicPartition first = consumer.assignment().iterator().next();
        consumer.commitSync(Map.of(new TopicPartition(first.topic(), 0), new OffsetAndMetadata(2)));
    }
}
