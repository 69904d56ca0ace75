// SPDX-License-Identifier: Apache-2.0
export { type Catalogue, type Instance, MSK_US_EAST_1 } from './catalogue.ts'
export { partitionsForTopic } from './formulas.ts'
export { LIMIT_DEFAULTS, limitsFor, quotaPerBroker } from './limits.ts'
export { planDedicated } from './plan-dedicated.ts'
export { type Amounts, capacityOf, planShared, rankShared, refusalOf, type SharedCluster, takenBy } from './plan-shared.ts'
export { planWorkload } from './plan-workload.ts'
export { ECONOMY, PRODUCTION, PROFILES, type Profile, profileFor } from './profiles.ts'
