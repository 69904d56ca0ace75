// SPDX-License-Identifier: Apache-2.0
/**
 * Which metrics Kafka shows to Prometheus, as expressions over their names. Without a list there are some of every partition
 * and request: at 4000 partitions a broker more than anyone pays to keep. Every expression meets a name that a real broker shows
 * (`packages/planner/test/vectors/kafka-metrics.txt`). None may hold a comma, which Strimzi puts between them.
 */

/** `values.allowList` of Strimzi's metrics reporter: health, load, time of requests, replication, and how controllers agree. */
export const ALLOWED_METRICS: readonly string[] = [
  'kafka_controller_kafkacontroller.*',
  'kafka_controller_controllerstats_.*',
  'kafka_server_brokertopicmetrics_.*',
  'kafka_server_replicamanager_.*',
  'kafka_server_replicafetchermanager_.*',
  'kafka_server_delayedoperationpurgatory_.*',
  'kafka_server_kafkarequesthandlerpool_.*',
  'kafka_server_socket_server_metrics_connection_(count|creation_rate)',
  'kafka_server_raft_metrics_.*',
  'kafka_server_broker_metadata_metrics_.*',
  'kafka_network_requestmetrics_(requestspersec|errorspersec|totaltimems|requestqueuetimems|throttletimems).*',
  'kafka_network_socketserver_.*',
  'kafka_network_requestchannel_.*',
  'kafka_log_logmanager_.*',
  'jvm_.*',
  'process_.*',
]
