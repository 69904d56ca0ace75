// SPDX-License-Identifier: Apache-2.0
/**
 * A user that keeps all SCRAM users of a cluster alive. Kafka (seen in 4.3.1) can lose every SCRAM credential at a restart: when a
 * broker reads its metadata log before the first snapshot of it exists, and the first user it comes to in the order of Java's
 * HashMap was deleted later, `ScramDelta.apply` takes the still empty map of that mechanism out of the result and fills it in vain.
 * A user who is never deleted and always comes first prevents that. See decision 0009.
 */

/**
 * Her name has Java's hash code 0, so she is in the first bucket of a HashMap of any size. She has a credential of each mechanism with a
 * password that nobody knows, no rights, and belongs to no tenant, as her name has no dot.
 */
export const SCRAM_GUARD_USER = 'kaas-scram-guard-b0freef'
