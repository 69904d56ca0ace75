// SPDX-License-Identifier: Apache-2.0

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Clients that push their metrics (KIP-714), as Java clients do unless they are told otherwise: each prints whether it was given an id.
 * The next push is minutes away, but for the last one of a client that ends while it still has something to send.
 */
public final class Telemetry {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Map<String, String> PUSHING = Map.of("enable.metrics.push", "true");

    private Telemetry() {}

    public static void main(String[] args) throws Exception {
        Login login = Login.from(args);
        produce(login);
        consume(login);
        try (Admin admin = Admin.create(login.with(PUSHING))) {
            Report.call("clientInstanceId", "of an administration client", () -> isGiven(admin.clientInstanceId(PATIENCE)));
        }
    }

    private static void produce(Login login) throws Exception {
        Map<String, String> slowly = Map.of("enable.metrics.push", "true", "linger.ms", "500");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(login.with(slowly), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(login.name("events"), "one")).get();
            Report.call("clientInstanceId", "of a producer", () -> isGiven(producer.clientInstanceId(PATIENCE)));
            producer.send(new ProducerRecord<>(login.name("events"), "two"));
        }
    }

    private static void consume(Login login) {
        Map<String, String> settings = Map.of("enable.metrics.push", "true", "group.id", login.name("pushing"), "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(login.with(settings), new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(login.name("events")));
            long endsAtMs = System.currentTimeMillis() + PATIENCE.toMillis();
            while (consumer.poll(Duration.ofMillis(100)).isEmpty() && System.currentTimeMillis() < endsAtMs) continue;
            Report.call("clientInstanceId", "of a consumer", () -> isGiven(consumer.clientInstanceId(PATIENCE)));
        }
    }

    private static boolean isGiven(Uuid id) {
        return !Uuid.ZERO_UUID.equals(id);
    }
}
