# SPDX-License-Identifier: Apache-2.0
"""One task of the client story with kafka-python 2.0.2, as older services still pin it. The task is JSON on standard input; the
answer is JSON on standard output. `test/conformance/client.ts` says what each verb takes and answers."""

import json
import sys
import time

import six

sys.modules["kafka.vendor.six.moves"] = six.moves  # The copy inside 2.0.2 does not load on Python 3.12 and later.

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition  # noqa: E402
from kafka.admin import ConfigResource, ConfigResourceType, NewPartitions, NewTopic  # noqa: E402
from kafka.structs import OffsetAndMetadata  # noqa: E402

task = json.load(sys.stdin)
SECONDS = 120


def settings(**more):
    config = {
        "bootstrap_servers": task["bootstrapServers"],
        "sasl_mechanism": task["mechanism"],
        "sasl_plain_username": task["username"],
        "sasl_plain_password": task["password"],
        "security_protocol": "SASL_SSL" if task.get("caFile") else "SASL_PLAINTEXT",
        "api_version": (2, 5, 0),
        **more,
    }
    if task.get("caFile"):
        config["ssl_cafile"] = task["caFile"]
    return config


def metadata():
    consumer = KafkaConsumer(**settings())
    topics = {name: len(consumer.partitions_for_topic(name)) for name in consumer.topics()}
    brokers = sorted([broker.host, broker.port] for broker in consumer._client.cluster.brokers())
    consumer.close()
    return {"brokers": brokers, "topics": topics}


def produce():
    compression = None if task["compression"] == "none" else task["compression"]
    producer = KafkaProducer(**settings(compression_type=compression, acks="all", linger_ms=50))
    sent = [
        producer.send(
            task["topic"],
            partition=record["partition"],
            key=record["key"].encode(),
            value=record["value"].encode(),
            headers=[("index", record["header"].encode())],
        )
        for record in task["records"]
    ]
    producer.flush(SECONDS)
    delivered = [future.get(SECONDS) for future in sent]
    producer.close()
    return {"delivered": sorted([each.partition, each.offset] for each in delivered)}


def consume():
    consumer = KafkaConsumer(
        task["topic"],
        **settings(group_id=task["group"], auto_offset_reset="earliest", enable_auto_commit=False, consumer_timeout_ms=SECONDS * 1000),
    )
    records = []
    for message in consumer:
        records.append(read(message))
        where = TopicPartition(message.topic, message.partition)
        consumer.commit({where: OffsetAndMetadata(message.offset + 1, "")})
        if len(records) == task["count"]:
            break
    consumer.close(autocommit=False)
    return {"records": records}


def read(message):
    return {
        "partition": message.partition,
        "offset": message.offset,
        "key": message.key.decode(),
        "value": message.value.decode(),
        "header": dict(message.headers)["index"].decode(),
    }


def admin():
    client = KafkaAdminClient(**settings())
    topic = task["topic"]
    client.create_topics([NewTopic(topic, 2, 1, topic_configs={"retention.ms": "3600000"})])
    client.create_partitions({topic: NewPartitions(4)})
    wait_until(lambda: len(client.describe_topics([topic])[0]["partitions"]) == 4)
    answers = client.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"retention.ms": None})])
    retention = {entry[0]: entry[1] for answer in answers for resource in answer.resources for entry in resource[4]}
    groups = client.list_consumer_groups()
    committed = client.list_consumer_group_offsets(task["group"])
    client.delete_topics([topic])
    wait_until(lambda: topic not in client.list_topics())
    client.close()
    return {
        "partitions": 4,
        "retentionMs": retention["retention.ms"],
        "groups": sorted(group[0] for group in groups),
        "committed": sorted([where.topic, where.partition, each.offset] for where, each in committed.items()),
        "deleted": True,
    }


def wait_until(probe):
    deadline = time.monotonic() + SECONDS
    while not probe():
        if time.monotonic() > deadline:
            raise RuntimeError("the change was not seen in time")
        time.sleep(0.1)


print(json.dumps({"metadata": metadata, "produce": produce, "consume": consume, "admin": admin}[task["verb"]]()))
