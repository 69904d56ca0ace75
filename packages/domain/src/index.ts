// SPDX-License-Identifier: Apache-2.0
export {
  type GatewayAudit,
  type GatewayEvent,
  gatewayAuditSavedSchema,
  gatewayAuditSchema,
  gatewayEventSchema,
  MOST_AUDIT_EVENTS,
} from './gateway-audit.ts'
export {
  type GatewayLoad,
  type GatewayShares,
  gatewayLoadSchema,
  gatewaySharesSchema,
  shareOf,
  type TenantLoad,
  type TenantShare,
} from './gateway-load.ts'
export {
  type ExternalUser,
  type GatewaySnapshot,
  gatewaySnapshotSchema,
  type SnapshotBroker,
  type SnapshotCluster,
  type SnapshotEvent,
  type SnapshotTenant,
  snapshotEventSchema,
  type TenantLimits,
  tenantLimitsSchema,
} from './gateway-snapshot.ts'
export {
  isLabel,
  LONGEST_PHYSICAL_TOPIC_NAME,
  LONGEST_TENANT_NAME,
  logicalName,
  parseLabel,
  parseShareName,
  parseTopicName,
  parseUserName,
  physicalName,
  prefixOf,
  RESERVED_TENANT_NAMES,
  refuseReservedTenant,
  tenantOf,
} from './names.ts'
export {
  type BrokerPlan,
  type Constraint,
  type Cost,
  type DedicatedPlan,
  dedicatedPlanSchema,
  type Plan,
  type PlanLimits,
  type PlanRequest,
  PROFILE_NAMES,
  type ProfileName,
  planLimitsSchema,
  planRequestSchema,
  planSchema,
  type SecondOpinion,
  type SharedPlan,
  sharedPlanSchema,
} from './plan.ts'
export {
  PLAN_CHANGE_FIELDS,
  type PlanChange,
  type PlanDifference,
  type PlanRefusal,
  type PlanStep,
  planChangeSchema,
} from './plan-change.ts'
export {
  parseDuration,
  parseRate,
  parseSize,
  renderBinarySize,
  renderDuration,
  renderRate,
  renderSize,
} from './quantities.ts'
export {
  API_VERSION,
  CONDITION_TYPES,
  type Condition,
  conditionSchema,
  durationText,
  type Metadata,
  metadataSchema,
  rateText,
  type Status,
  statusSchema,
} from './resources/envelope.ts'
export { type KafkaCluster, type KafkaClusterSpec, kafkaClusterSchema } from './resources/kafka-cluster.ts'
export {
  KIND_NAMES,
  RESOURCE_KINDS,
  type Resource,
  type ResourceKind,
  type ResourceOf,
  resourceKindOf,
} from './resources/kinds.ts'
export { checkNames, fieldProblemsOf, parseDocument, withProblems } from './resources/parse-document.ts'
export {
  LONGEST_EXPRESSION,
  POLICY_KINDS,
  type Policy,
  type PolicyKind,
  type PolicyRule,
  type PolicySelector,
  type PolicySpec,
  policyReaches,
  policySchema,
  TEAM_POLICY_KINDS,
} from './resources/policy.ts'
export { type Role, type RoleSpec, roleSchema } from './resources/role.ts'
export { type RoleBinding, type RoleBindingSpec, roleBindingSchema } from './resources/role-binding.ts'
export { type Team, type TeamSpec, teamSchema } from './resources/team.ts'
export {
  ENVIRONMENTS,
  ISOLATION_LEVELS,
  MANAGEMENTS,
  type Tenant,
  type TenantSpec,
  tenantSchema,
  type WorkloadSpec,
  workloadSchema,
} from './resources/tenant.ts'
export { type Topic, type TopicSpec, topicSchema } from './resources/topic.ts'
export {
  SHARE_ACCESS,
  type ShareAccess,
  type SharedTopic,
  sharedTopicSchema,
  type TopicShare,
  type TopicShareSpec,
  topicShareSchema,
} from './resources/topic-share.ts'
export {
  type AccessRule,
  AUTHENTICATIONS,
  proofOf,
  USER_ROLES,
  type User,
  type UserSpec,
  userSchema,
} from './resources/user.ts'
export { firstMissing, limitedTo, type TeamOf } from './rights/cover.ts'
export {
  type Considered,
  type Decision,
  decide,
  decidingGrant,
  givesRight,
  type Question,
  renderScope,
} from './rights/decide.ts'
export { grantOf, grantsOf, type RightsStored, type Subject } from './rights/grants-of.ts'
export { renderDecision } from './rights/render-decision.ts'
export {
  type Grant,
  type RightRule,
  type RightScope,
  rightRuleSchema,
  rightScopeSchema,
  VERBS,
  type Verb,
  VIEW_KINDS,
  type ViewKind,
} from './rights/right.ts'
export { isReadAnywhere, RIGHT_KINDS, type RightKind, TENANT_KINDS } from './rights/right-kinds.ts'
export { type RoleDefinition, SHIPPED_ROLES, shippedRole } from './rights/shipped-roles.ts'
export { knowsTenant, type Within, withinOf } from './rights/visible.ts'
export { ROLE_RIGHTS, type RoleRight } from './role-rights.ts'
export { SCRAM_GUARD_USER } from './scram-guard.ts'
export { INTERNAL_TOPIC_PREFIXES, namesOf, type TenantNames } from './tenant-names.ts'
export { parseWorkload, renderWorkload, type Workload, workloadNumbersSchema } from './workload.ts'
