// SPDX-License-Identifier: Apache-2.0

import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Consume, process, produce, exactly once. Three tasks: {@code fill} writes the source, {@code copy} copies it in transactions and says
 * how far it came, until it is killed or the source is at its end, {@code check} reads what is committed of source and copy.
 */
public final class Copy {
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 3000;
    private static final Duration WAIT = Duration.ofMillis(200);

    private Copy() {}

    public static void main(String[] args) throws Exception {
        Login login = Login.from(args);
        switch (args[2]) {
            case "fill" -> fill(login);
            case "copy" -> copy(login);
            default -> check(login);
        }
    }

    private static void fill(Login login) throws Exception {
        for (String topic : List.of("source", "copy")) Topics.make(login, topic, PARTITIONS);
        Topics.fill(login, "source", PARTITIONS, "record", RECORDS);
    }

    private static void copy(Login login) throws Exception {
        Map<String, String> producing = Map.of("transactional.id", login.name("copier"), "transaction.timeout.ms", "10000");
        Map<String, String> consuming = Map.of("group.id", login.name("copiers"), "auto.offset.reset", "earliest", "enable.auto.commit", "false",
            "isolation.level", "read_committed", "max.poll.records", "25", "session.timeout.ms", "6000");
        try (Producer<String, String> producer = new KafkaProducer<>(login.with(producing), new StringSerializer(), new StringSerializer());
             Consumer<String, String> consumer = new KafkaConsumer<>(login.with(consuming), new StringDeserializer(), new StringDeserializer())) {
            producer.initTransactions();
            consumer.subscribe(List.of(login.name("source")));
            while (!isAtEnd(consumer)) {
                ConsumerRecords<String, String> records = consumer.poll(WAIT);
                if (!records.isEmpty()) System.out.println("committed\t" + transact(login, producer, consumer, records));
            }
        }
        System.out.println("done");
    }

    private static int transact(Login login, Producer<String, String> producer, Consumer<String, String> consumer, ConsumerRecords<String, String> records) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        producer.beginTransaction();
        for (ConsumerRecord<String, String> record : records) {
            producer.send(new ProducerRecord<>(login.name("copy"), record.partition(), record.key(), hash(record.value())));
            offsets.put(new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        return records.count();
    }

    private static boolean isAtEnd(Consumer<String, String> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        if (assigned.size() < PARTITIONS) return false;
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        return assigned.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
    }

    /** One hash over all values of each topic, the source as its copy must be. Whether one came twice is told by the number. */
    private static void check(Login login) throws Exception {
        List<String> source = new ArrayList<>();
        for (String value : read(login, "source")) source.add(hash(value));
        List<String> copy = read(login, "copy");
        Set<String> lost = new HashSet<>(source);
        lost.removeAll(copy);
        Report.call("copy", "records", () -> source.size() + " read, " + copy.size() + " copied, " + lost.size() + " lost, " + (copy.size() - new HashSet<>(copy).size()) + " twice");
        Report.call("copy", "hash of the source", () -> hash(new TreeSet<>(source).toString()));
        Report.call("copy", "hash of the copy", () -> hash(new TreeSet<>(copy).toString()));
    }

    private static List<String> read(Login login, String topic) {
        Map<String, String> settings = Map.of("isolation.level", "read_committed", "enable.auto.commit", "false");
        List<String> values = new ArrayList<>();
        try (Consumer<String, String> consumer = new KafkaConsumer<>(login.with(settings), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(login.name(topic)).stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition))) {
                for (ConsumerRecord<String, String> record : consumer.poll(WAIT)) values.add(record.value());
            }
        }
        return values;
    }

    private static String hash(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
    }
}
