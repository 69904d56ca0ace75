// SPDX-License-Identifier: Apache-2.0
/**
 * Traps of classic groups: topic names inside the bytes of JoinGroup, SyncGroup and DescribeGroups (`consumer-bytes.ts` says why they
 * matter). The leader of a group gets the subscriptions of all members, writes all assignments, and each member gets its own.
 * Kafka Connect and others use the same requests with bytes of their own, told apart by the protocol type.
 */
import { CONSUMER_PROTOCOL_TYPE, describeGroups, joinGroup, syncGroup } from '@kaas/kafka-protocol'
import { logicalAssignment, logicalSubscription, physicalAssignment, physicalSubscription } from './consumer-bytes.ts'
import { TRAP_NOTE, type Trap, trap } from './trap.ts'

/** Member metadata: one per assignor on the way in, one per member on the way to the leader. */
export const joinGroupTrap: Trap = trap(joinGroup, {
  request(view, request, context) {
    // The answer repeats the protocol type only from v7 on.
    context.notes.set(TRAP_NOTE, request.protocolType)
    if (request.protocolType !== CONSUMER_PROTOCOL_TYPE) return
    for (const protocol of request.protocols) protocol.metadata = physicalSubscription(view, protocol.metadata)
  },
  response(view, response, context, dropped) {
    if (context.notes.get(TRAP_NOTE) !== CONSUMER_PROTOCOL_TYPE) return
    for (const member of response.members) member.metadata = logicalSubscription(view, member.metadata, dropped)
  },
})

/** Assignments: all of them from the leader, one to each member. */
export const syncGroupTrap: Trap = trap(syncGroup, {
  request(view, request, context) {
    context.notes.set(TRAP_NOTE, request.protocolType)
    if (isOther(request.protocolType)) return
    const isCertain = request.protocolType === CONSUMER_PROTOCOL_TYPE
    for (const each of request.assignments) each.assignment = physicalAssignment(view, each.assignment, isCertain)
  },
  response(view, response, context, dropped) {
    const protocolType = response.protocolType ?? (context.notes.get(TRAP_NOTE) as string | null | undefined) ?? null
    if (isOther(protocolType)) return
    const isCertain = protocolType === CONSUMER_PROTOCOL_TYPE
    response.assignment = logicalAssignment(view, response.assignment, isCertain, dropped)
  },
})

/** Both, for every member of every group asked for. */
export const describeGroupsTrap: Trap = trap(describeGroups, {
  response(view, response, _context, dropped) {
    for (const group of response.groups) {
      if (group.protocolType !== CONSUMER_PROTOCOL_TYPE) continue
      for (const member of group.members) {
        member.memberMetadata = logicalSubscription(view, member.memberMetadata, dropped)
        member.memberAssignment = logicalAssignment(view, member.memberAssignment, true, dropped)
      }
    }
  },
})

/** Null: not said, as in old versions. */
function isOther(protocolType: string | null): boolean {
  return protocolType !== null && protocolType !== CONSUMER_PROTOCOL_TYPE
}
