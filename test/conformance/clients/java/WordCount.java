// SPDX-License-Identifier: Apache-2.0

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams with the protocol of KIP-1071: the broker assigns the tasks and creates the topics between the parts of the application. */
public final class WordCount {
    private static final int RECORDS = 30;
    private static final long TIMEOUT_MS = 100_000;
    private final Login login;

    private WordCount(Login login) {
        this.login = login;
    }

    public static void main(String[] args) throws Exception {
        WordCount program = new WordCount(Login.from(args));
        if (args.length > 2) program.failing(args[2]);
        else program.counting();
    }

    private void counting() throws Exception {
        Topics.make(login, "lines", 2);
        Topics.make(login, "counts", 1);
        Topics.fill(login, "lines", 2, "word other", RECORDS);
        try (KafkaStreams streams = application("lines", "streamer")) {
            streams.start();
            Report.call("streams", "the counts", this::counts);
            Report.call("streams", "the topics that the broker made", this::internalTopics);
            try (Admin admin = Admin.create(login.properties())) {
                Report.call("streams", "the group", () -> admin.describeStreamsGroups(List.of(login.name("streamer"))).all());
                Report.call("streams", "the list", () -> admin.listGroups(ListGroupsOptions.forStreamsGroups()).all());
            }
            streams.close(Duration.ofSeconds(10));
        }
        try (Admin admin = Admin.create(login.properties())) {
            Report.call("streams", "the offsets", () -> admin.listConsumerGroupOffsets(login.name("streamer")).partitionsToOffsetAndMetadata()
                .thenApply(offsets -> offsets.entrySet().stream().map(each -> each.getKey() + " " + each.getValue().offset()).sorted().toList()));
            Report.call("streams", "the end of the group", () -> admin.deleteStreamsGroups(List.of(login.name("streamer"))).all());
        }
    }

    /** An application that cannot begin: what it is told. */
    private void failing(String source) throws Exception {
        List<String> told = new ArrayList<>();
        if (source.equals("wide")) Topics.make(login, source, 40);
        try (KafkaStreams streams = application(source, "refused")) {
            streams.setUncaughtExceptionHandler(error -> {
                told.add(error.getClass().getSimpleName() + ": " + (error.getCause() == null ? error.getMessage() : error.getCause().getMessage()));
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            long deadline = System.currentTimeMillis() + TIMEOUT_MS;
            while (told.isEmpty() && System.currentTimeMillis() < deadline) sleep();
        }
        Report.call("streams", "without " + source, () -> told);
    }

    private KafkaStreams application(String source, String name) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(login.name(source), Consumed.with(Serdes.String(), Serdes.String()))
            .flatMapValues(value -> List.of(value.split(" ")))
            .groupBy((key, word) -> word.replaceAll("-.*", ""), Grouped.with("by-word", Serdes.String(), Serdes.String()))
            .count(Materialized.<String, Long>as(Stores.inMemoryKeyValueStore("counts-store")).withKeySerde(Serdes.String()).withValueSerde(Serdes.Long()))
            .toStream()
            .to(login.name("counts"), Produced.with(Serdes.String(), Serdes.Long()));
        Topology topology = builder.build();
        Map<String, String> settings = Map.of("application.id", login.name(name), "group.protocol", "streams", "commit.interval.ms", "200",
            "statestore.cache.max.bytes", "0", "processing.guarantee", "exactly_once_v2", "state.dir", System.getProperty("java.io.tmpdir"),
            "auto.offset.reset", "earliest", "max.poll.interval.ms", "2000");
        return new KafkaStreams(topology, login.with(settings));
    }

    private Object counts() {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, String> settings = Map.of("group.id", login.name("counted"), "auto.offset.reset", "earliest", "isolation.level", "read_committed");
        try (Consumer<String, Long> consumer = new KafkaConsumer<>(login.with(settings), new StringDeserializer(), new LongDeserializer())) {
            consumer.subscribe(List.of(login.name("counts")));
            long deadline = System.currentTimeMillis() + TIMEOUT_MS;
            while (counts.values().stream().mapToLong(Long::longValue).sum() < 2 * RECORDS && System.currentTimeMillis() < deadline) {
                for (ConsumerRecord<String, Long> record : consumer.poll(Duration.ofMillis(200))) counts.merge(record.key(), record.value(), Math::max);
            }
        }
        return counts;
    }

    private Object internalTopics() throws Exception {
        try (Admin admin = Admin.create(login.properties())) {
            Set<String> names = admin.listTopics().names().get().stream().filter(name -> name.startsWith(login.name("streamer"))).collect(Collectors.toSet());
            Map<String, String> made = new TreeMap<>();
            for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                String cleanup = admin.describeConfigs(List.of(resource)).all().get().get(resource).get("cleanup.policy").value();
                made.put(topic.name(), topic.partitions().size() + " partitions, " + cleanup);
            }
            return made;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
