// SPDX-License-Identifier: Apache-2.0
/**
 * Two sorts of nodes in a tenant's own cluster: those of brokers, one broker each and nothing else, and those of all the rest.
 * Nodes carry the label by themselves; Cluster API hands labels of this domain from a machine to its node.
 */

/** Label by which pods find their nodes. */
export const NODES_LABEL = 'kaas.node.cluster.x-k8s.io/nodes'

/** What nodes are for. */
export const NODE_ROLES = ['brokers', 'system'] as const
export type NodeRole = (typeof NODE_ROLES)[number]

/** Keeps everything but brokers away from their nodes, whose memory is theirs to the last byte of the plan. */
export const BROKER_TAINT = { key: NODES_LABEL, value: 'brokers', effect: 'NoSchedule' } as const

/** The toleration of BROKER_TAINT. */
export const BROKER_TOLERATION = { key: NODES_LABEL, operator: 'Equal', value: 'brokers', effect: 'NoSchedule' } as const
