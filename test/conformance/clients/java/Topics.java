// SPDX-License-Identifier: Apache-2.0

import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics and records that the programs need before they begin. */
final class Topics {
    private Topics() {}

    static void make(Login login, String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(login.properties())) {
            admin.createTopics(List.of(new NewTopic(login.name(name), partitions, (short) 1))).all().get();
            for (int tries = 0; tries < 100 && !admin.listTopics().names().get().contains(login.name(name)); tries++) Thread.sleep(50);
        }
    }

    /** Records with the values {@code <word>-<number>}, in turn to the partitions. */
    static void fill(Login login, String name, int partitions, String word, int count) throws Exception {
        Map<String, String> lasting = Map.of("acks", "all", "linger.ms", "5");
        try (Producer<String, String> producer = new KafkaProducer<>(login.with(lasting), new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = IntStream.range(0, count)
                .mapToObj(index -> new ProducerRecord<>(login.name(name), index % partitions, "key-" + index, word + "-" + index))
                .map(producer::send)
                .toList();
            producer.flush();
            for (Future<RecordMetadata> each : sent) each.get();
        }
    }
}
