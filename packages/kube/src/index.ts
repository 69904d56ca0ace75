// SPDX-License-Identifier: Apache-2.0
export type {
  ClusterWatch,
  KubeOptions,
  ObjectKey,
  ObservedCondition,
  ObservedObject,
  WatchedKind,
} from './cluster-watch.ts'
