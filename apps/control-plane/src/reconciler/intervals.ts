// SPDX-License-Identifier: Apache-2.0
/** How often the reconciler looks at what did not change. */

/** Between two looks at an object that is as it should be, for drift. Every object of every tenant: ten minutes. */
export const LOOK_AGAIN_MS = 600_000
/** Between two looks at an object that waits for another one. It is also woken. */
export const WAIT_MS = 3_000
/** Between two looks at a cluster. */
export const CLUSTER_LOOK_AGAIN_MS = 15_000
/** Between two tries to reach a cluster that is away. */
export const CLUSTER_AWAY_MS = 2_000
/** Between two looks at an order that Kubernetes works on. It is also woken. */
export const STEP_WAIT_MS = 5_000
