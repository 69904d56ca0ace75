// SPDX-License-Identifier: Apache-2.0

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * All that an application does with two topics of two partitions that are there, whosever they are: it fills the first, reads it in groups
 * of every kind, copies it to the second in transactions, and asks about both. What a user with these topics of her own does beyond
 * that is printed by {@code administration}.
 */
public final class TwoTopics {
    private static final int RECORDS = 40;
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final long TIMEOUT_MS = 25_000;
    private final Login login;
    private final String source;
    private final String target;
    private final String group;

    private TwoTopics(Login login, String source, String target, String group) {
        this.login = login;
        this.source = source;
        this.target = target;
        this.group = group;
    }

    public static void main(String[] args) throws Exception {
        TwoTopics topics = new TwoTopics(Login.from(args), args[2], args[3], args[4]);
        topics.application();
        if (args.length > 5) topics.administration();
    }

    private void application() throws Exception {
        Topics.fill(login, source, 2, "record", RECORDS);
        for (String protocol : List.of("classic", "consumer")) {
            read(protocol, "list", consumer -> consumer.subscribe(List.of(source)));
            read(protocol, "pattern", consumer -> consumer.subscribe(Pattern.compile(source + ".*")));
        }
        read("consumer", "expression", consumer -> consumer.subscribe(new SubscriptionPattern(source + ".*")));
        Report.call("share", "what became of each record", this::share);
        Report.call("transaction", "aborted once, then committed", this::copy);
        Report.call("transaction", "the copy as committed", () -> values(target, "read_committed").size());
        Report.call("transaction", "the copy with what was aborted", () -> values(target, "read_uncommitted").size());
        ask();
    }

    private void read(String protocol, String way, Consumer<KafkaConsumer<String, String>> subscribe) {
        Report.call(protocol, "by " + way, () -> {
            Map<String, String> settings = Map.of("group.id", group + "-" + protocol + "-" + way, "group.protocol", protocol);
            try (KafkaConsumer<String, String> consumer = consumer(settings)) {
                subscribe.accept(consumer);
                TreeSet<String> read = new TreeSet<>();
                for (ConsumerRecord<String, String> record : records(consumer)) read.add(record.topic() + "/" + record.partition() + "/" + record.offset() + " " + record.value());
                consumer.commitSync();
                return read;
            }
        });
    }

    /** Every fifth record is given back once, every seventh is rejected. */
    private Object share() throws Exception {
        String name = group + "-workers";
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, name);
        AlterConfigOp earliest = new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        Map<String, String> done = new TreeMap<>();
        Map<String, String> settings = Map.of("group.id", name, "share.acknowledgement.mode", "explicit");
        try (Admin admin = Admin.create(login.properties());
             KafkaShareConsumer<String, String> consumer = new KafkaShareConsumer<>(login.with(settings), new StringDeserializer(), new StringDeserializer())) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(earliest))).all().get();
            while (admin.describeConfigs(List.of(resource)).all().get().get(resource).get("share.auto.offset.reset").value().equals("latest")) Thread.sleep(50);
            consumer.subscribe(List.of(source));
            long deadline = System.currentTimeMillis() + TIMEOUT_MS;
            while (done.size() < RECORDS && System.currentTimeMillis() < deadline) {
                for (ConsumerRecord<String, String> record : consumer.poll(WAIT)) {
                    short delivery = record.deliveryCount().orElse((short) 0);
                    long number = record.offset();
                    AcknowledgeType type = number % 5 == 0 && delivery == 1 ? AcknowledgeType.RELEASE : number % 7 == 0 ? AcknowledgeType.REJECT : AcknowledgeType.ACCEPT;
                    consumer.acknowledge(record, type);
                    if (type != AcknowledgeType.RELEASE) done.put(record.topic() + " " + record.value(), type + " at delivery " + delivery);
                }
                consumer.commitSync();
            }
        }
        return done;
    }

    /** Consume, process, produce: the first transaction is given up, the second is not. */
    private Object copy() throws Exception {
        Map<String, String> producing = Map.of("transactional.id", group + "-copier");
        Map<String, String> consuming = Map.of("group.id", group + "-copiers", "isolation.level", "read_committed");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(login.with(producing), new StringSerializer(), new StringSerializer());
             KafkaConsumer<String, String> consumer = consumer(consuming)) {
            producer.initTransactions();
            consumer.subscribe(List.of(source));
            List<ConsumerRecord<String, String>> records = records(consumer);
            for (boolean isAborted : List.of(true, false)) {
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                producer.beginTransaction();
                for (ConsumerRecord<String, String> record : records) {
                    producer.send(new ProducerRecord<>(target, record.partition(), record.key(), "copy of " + record.value()));
                    offsets.put(new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
                }
                producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                producer.flush();
                if (isAborted) producer.abortTransaction();
                else producer.commitTransaction();
            }
            return new TreeMap<>(Map.of("read", records.size(), "copied", new TreeSet<>(values(target, "read_committed"))));
        }
    }

    private void ask() throws Exception {
        try (Admin admin = Admin.create(login.properties())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(source, 0), new TopicPartition(source, 1), new TopicPartition(target, 0), new TopicPartition(target, 1));
            Report.call("admin", "topics", () -> admin.describeTopics(List.of(source, target)).allTopicNames());
            Report.call("admin", "is listed", () -> admin.listTopics().names().get().containsAll(List.of(source, target)));
            for (OffsetSpec spec : List.of(OffsetSpec.earliest(), OffsetSpec.latest())) {
                Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
                for (TopicPartition partition : partitions) asked.put(partition, spec);
                Report.call("admin", "offsets " + spec.getClass().getSimpleName(), () -> admin.listOffsets(asked).all());
            }
            for (String each : List.of("classic-list", "consumer-expression", "copiers")) {
                String name = group + "-" + each;
                Report.call("admin", "group " + each, () -> admin.listConsumerGroupOffsets(name).all());
            }
            String classic = group + "-classic-list";
            Map<TopicPartition, OffsetAndMetadata> back = Map.of(new TopicPartition(source, 0), new OffsetAndMetadata(3));
            Report.call("admin", "offset set back", () -> admin.alterConsumerGroupOffsets(classic, back).all());
            Report.call("admin", "offset deleted", () -> admin.deleteConsumerGroupOffsets(classic, java.util.Set.of(new TopicPartition(source, 1))).all());
            Report.call("admin", "offsets then", () -> admin.listConsumerGroupOffsets(classic).all());
            Report.call("admin", "transaction", () -> admin.describeTransactions(List.of(group + "-copier")).all());
        }
    }

    /** For owners. Each is refused to who has the topic from another. */
    private void administration() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, source);
        AlterConfigOp longer = new AlterConfigOp(new ConfigEntry("retention.ms", "60000"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(login.properties())) {
            Report.call("administration", "operations", () -> admin.describeTopics(List.of(source), new DescribeTopicsOptions().includeAuthorizedOperations(true)).allTopicNames().get().get(source).authorizedOperations());
            Report.call("administration", "settings", () -> admin.incrementalAlterConfigs(Map.of(resource, List.of(longer))).all());
            Report.call("administration", "records", () -> admin.deleteRecords(Map.of(new TopicPartition(source, 0), RecordsToDelete.beforeOffset(1))).all());
            Report.call("administration", "partitions", () -> admin.createPartitions(Map.of(source, NewPartitions.increaseTo(9))).all());
            Report.call("administration", "topic", () -> admin.deleteTopics(List.of(source)).all());
        }
    }

    private KafkaConsumer<String, String> consumer(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("auto.offset.reset", "earliest", "enable.auto.commit", "false", "metadata.max.age.ms", "1000"));
        settings.putAll(more);
        return new KafkaConsumer<>(login.with(settings), new StringDeserializer(), new StringDeserializer());
    }

    /** All that were filled in. */
    private static List<ConsumerRecord<String, String>> records(KafkaConsumer<String, String> consumer) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long deadline = System.currentTimeMillis() + TIMEOUT_MS;
        while (records.size() < RECORDS && System.currentTimeMillis() < deadline) consumer.poll(WAIT).forEach(records::add);
        return records;
    }

    private List<String> values(String topic, String isolation) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(Map.of("isolation.level", isolation))) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition))) {
                consumer.poll(WAIT).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
