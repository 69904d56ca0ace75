# SPDX-License-Identifier: Apache-2.0
"""One task of the client story with confluent-kafka (librdkafka). The task is JSON on standard input; the answer is JSON on
standard output. `test/conformance/client.ts` says what each verb takes and answers."""

import json
import sys
import threading
import time

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic, ResourceType

task = json.load(sys.stdin)
SECONDS = 120


def settings(**more):
    config = {
        "bootstrap.servers": task["bootstrapServers"],
        "sasl.mechanism": task["mechanism"],
        "sasl.username": task["username"],
        "sasl.password": task["password"],
        "security.protocol": "SASL_SSL" if task.get("caFile") else "SASL_PLAINTEXT",
        **more,
    }
    if task.get("caFile"):
        config["ssl.ca.location"] = task["caFile"]
    return config


def metadata():
    found = AdminClient(settings()).list_topics(timeout=SECONDS)
    return {
        "brokers": sorted([broker.host, broker.port] for broker in found.brokers.values()),
        "topics": {name: len(topic.partitions) for name, topic in found.topics.items()},
    }


def produce():
    delivered = []

    def on_delivery(error, message):
        if error is not None:
            raise RuntimeError(str(error))
        delivered.append([message.partition(), message.offset()])

    producer = Producer(settings(**{"compression.type": task["compression"], "linger.ms": 50}))
    send(producer, on_delivery)
    if producer.flush(SECONDS) > 0:
        raise RuntimeError("not all records were acknowledged")
    return {"delivered": sorted(delivered)}


def send(producer, on_delivery=None):
    for record in task["records"]:
        producer.produce(
            task["topic"],
            partition=record["partition"],
            key=record["key"],
            value=record["value"],
            headers=[("index", record["header"])],
            on_delivery=on_delivery,
        )
        producer.poll(0)


def consume():
    consumer = Consumer(
        settings(
            **{
                "group.id": task["group"],
                "group.protocol": task.get("groupProtocol", "classic"),
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
            }
        )
    )
    consumer.subscribe([task["topic"]])
    records = []
    deadline = time.monotonic() + SECONDS
    while len(records) < task["count"] and time.monotonic() < deadline:
        message = consumer.poll(0.5)
        if message is None:
            continue
        if message.error():
            raise RuntimeError(str(message.error()))
        records.append(read(message))
        consumer.commit(message=message, asynchronous=False)
    consumer.close()
    return {"records": records}


def read(message):
    return {
        "partition": message.partition(),
        "offset": message.offset(),
        "key": message.key().decode(),
        "value": message.value().decode(),
        "header": dict(message.headers())["index"].decode(),
    }


def transact():
    """The first half of the records is aborted, the second committed; answers what a reader of committed records sees."""
    producer = Producer(settings(**{"transactional.id": task["transactionalId"]}))
    producer.init_transactions(SECONDS)
    everything = task["records"]
    half = len(everything) // 2
    for part, end in ((everything[:half], producer.abort_transaction), (everything[half:], producer.commit_transaction)):
        task["records"] = part
        producer.begin_transaction()
        send(producer)
        producer.flush(SECONDS)
        end(SECONDS)
    task["count"] = len(everything) - half
    return consume()


def admin():
    client = AdminClient(settings())
    topic = task["topic"]
    client.create_topics([NewTopic(topic, 2, 1, config={"retention.ms": "3600000"})])[topic].result(SECONDS)
    client.create_partitions([NewPartitions(topic, 4)])[topic].result(SECONDS)
    wait_until(lambda: len(client.list_topics(topic, SECONDS).topics[topic].partitions) == 4)
    resource = ConfigResource(ResourceType.TOPIC, topic)
    config = client.describe_configs([resource])[resource].result(SECONDS)
    groups = client.list_consumer_groups().result(SECONDS)
    committed = client.list_consumer_group_offsets([ConsumerGroupTopicPartitions(task["group"])])[task["group"]].result(SECONDS)
    client.delete_topics([topic])[topic].result(SECONDS)
    wait_until(lambda: topic not in client.list_topics(timeout=SECONDS).topics)
    return {
        "partitions": 4,
        "retentionMs": config["retention.ms"].value,
        "groups": sorted(group.group_id for group in groups.valid),
        "committed": sorted([each.topic, each.partition, each.offset] for each in committed.topic_partitions),
        "deleted": True,
    }


def wait_until(probe):
    deadline = time.monotonic() + SECONDS
    while not probe():
        if time.monotonic() > deadline:
            raise RuntimeError("the change was not seen in time")
        time.sleep(0.1)


def steady():
    """Produces and reads at the same time; whatever the application would be told is a failure."""
    failures = []
    acknowledged = {}
    read = set()
    produced = threading.Event()
    reader = threading.Thread(target=read_steadily, args=(acknowledged, read, failures, produced))
    reader.start()
    gaps = produce_steadily(acknowledged, failures)
    produced.set()
    reader.join()
    return {"acknowledged": len(acknowledged), "read": len(read), "failures": failures, "longestGapMs": max(gaps, default=0)}


def produce_steadily(acknowledged, failures):
    last = time.monotonic()
    gaps = []

    def on_delivery(error, message):
        nonlocal last
        if error is not None:
            failures.append(f"produce: {error}")
            return
        acknowledged[message.value()] = True
        gaps.append(round((time.monotonic() - last) * 1000))
        last = time.monotonic()

    producer = Producer(settings(**{"acks": "all", "enable.idempotence": True, "linger.ms": 5}))
    end = time.monotonic() + task["seconds"]
    number = 0
    while time.monotonic() < end:
        producer.produce(task["topic"], value=f"{task['group']}-{number}", on_delivery=on_delivery)
        producer.poll(0.01)
        number += 1
    if producer.flush(SECONDS) > 0:
        failures.append("produce: not all records were acknowledged")
    return gaps


def read_steadily(acknowledged, read, failures, produced):
    consumer = Consumer(settings(**{"group.id": task["group"], "auto.offset.reset": "earliest"}))
    consumer.subscribe([task["topic"]])
    own = f"{task['group']}-".encode()
    deadline = None
    while deadline is None or (time.monotonic() < deadline and len(read) < len(acknowledged)):
        if deadline is None and produced.is_set():
            deadline = time.monotonic() + SECONDS
        message = consumer.poll(0.2)
        if message is None:
            continue
        if message.error():
            failures.append(f"read: {message.error()}")
        elif message.value().startswith(own):
            read.add(message.value())
    consumer.close()


print(json.dumps({"steady": steady, "metadata": metadata, "produce": produce, "consume": consume, "transact": transact, "admin": admin}[task["verb"]]()))
