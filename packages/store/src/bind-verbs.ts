// SPDX-License-Identifier: Apache-2.0
/** All verbs on one connection or transaction. Failures of the database become KaasErrors here, for all of them. */
import { chainKey } from './audit-chain.ts'
import type { Connection } from './database.ts'
import { databaseErrorOf } from './database-error.ts'
import { bindPeople } from './people/bind-people.ts'
import { bindSeries } from './series/bind-series.ts'
import type { StoreSession } from './store.ts'
import { checkAudit } from './verbs/check-audit.ts'
import { claimWork } from './verbs/claim-work.ts'
import { countOfTenant } from './verbs/count-of-tenant.ts'
import { endCredentials } from './verbs/end-credentials.ts'
import { extendClaim, finishWork, retryLater } from './verbs/finish-work.ts'
import { leaseProgress, moveLease, releaseLease, takeLease } from './verbs/leases.ts'
import { listAudit } from './verbs/list-audit.ts'
import { lastEventSequence, listEvents } from './verbs/list-events.ts'
import { listNames } from './verbs/list-names.ts'
import { listResources } from './verbs/list-resources.ts'
import { listCredentials, loadScramEntries } from './verbs/load-credentials.ts'
import { loadResource } from './verbs/load-resource.ts'
import { loadRights, loadRightsPlace } from './verbs/load-rights.ts'
import { loadSnapshot, loadSnapshotChanges } from './verbs/load-snapshot.ts'
import { markDeleted } from './verbs/mark-deleted.ts'
import { nextDueInMs } from './verbs/next-due-in-ms.ts'
import { leaseState, listGateways, workBacklog } from './verbs/platform-state.ts'
import { removeResource } from './verbs/remove-resource.ts'
import { requestWork } from './verbs/request-work.ts'
import { saveAudit } from './verbs/save-audit.ts'
import { saveCredential } from './verbs/save-credential.ts'
import { saveDrift } from './verbs/save-drift.ts'
import { saveGatewayAudit } from './verbs/save-gateway-audit.ts'
import { saveGatewayLoad } from './verbs/save-gateway-load.ts'
import { saveResource } from './verbs/save-resource.ts'
import { saveStatus } from './verbs/save-status.ts'
import { loadSetting, saveSetting } from './verbs/settings.ts'

/** The verbs on `db`. `sealKey` encrypts credentials. */
export function bindVerbs(db: Connection, sealKey: Buffer): StoreSession {
  const auditKey = chainKey(sealKey)
  return {
    loadResource: (key) => translated(loadResource(db, key)),
    lockResource: (key) => translated(loadResource(db, key, true)),
    listResources: (query) => translated(listResources(db, query)),
    listNames: (kind, tenant) => translated(listNames(db, kind, tenant)),
    countOfTenant: (kind, tenant, except) => translated(countOfTenant(db, kind, tenant, except)),
    saveResource: (intent, options) => translated(saveResource(db, auditKey, intent, options)),
    markDeleted: (key, options) => translated(markDeleted(db, auditKey, key, options)),
    saveStatus: (key, uid, status) => translated(saveStatus(db, key, uid, status)),
    removeResource: (key, uid) => translated(removeResource(db, key, uid)),
    claimWork: (request) => translated(claimWork(db, request)),
    extendClaim: (item, leaseMs) => translated(extendClaim(db, item, leaseMs)),
    finishWork: (item, againInMs) => translated(finishWork(db, item, againInMs)),
    retryLater: (item, delayMs, reason) => translated(retryLater(db, item, delayMs, reason)),
    requestWork: (which) => translated(requestWork(db, which)),
    nextDueInMs: () => translated(nextDueInMs(db)),
    saveCredential: (user, credential) => translated(saveCredential(db, sealKey, user, credential)),
    listCredentials: (user) => translated(listCredentials(db, user)),
    loadScramEntries: (user) => translated(loadScramEntries(db, sealKey, user)),
    endCredentials: (user, which) => translated(endCredentials(db, user, which)),
    loadSnapshot: () => translated(loadSnapshot(db)),
    loadSnapshotChanges: (version) => translated(loadSnapshotChanges(db, version)),
    saveGatewayLoad: (load) => translated(saveGatewayLoad(db, load)),
    ...rightsVerbs(db),
    loadSetting: (name) => translated(loadSetting(db, name)),
    saveSetting: (name, value) => translated(saveSetting(db, name, value)),
    saveDrift: (key, audit) => translated(saveDrift(db, auditKey, key, audit)),
    ...auditVerbs(db, auditKey),
    ...bindPeople(db, translated),
    ...bindSeries(db, translated),
    ...platformVerbs(db),
    listEvents: (sequence, limit) => translated(listEvents(db, sequence, limit)),
    lastEventSequence: () => translated(lastEventSequence(db)),
  }
}

type AuditVerbs =
  | 'saveAudit'
  | 'saveGatewayAudit'
  | 'listAudit'
  | 'checkAudit'
  | 'takeLease'
  | 'moveLease'
  | 'leaseProgress'
  | 'releaseLease'

function auditVerbs(db: Connection, auditKey: Buffer): Pick<StoreSession, AuditVerbs> {
  return {
    saveAudit: (entry) => translated(saveAudit(db, auditKey, entry)),
    saveGatewayAudit: (node, numbered) => translated(saveGatewayAudit(db, auditKey, node, numbered)),
    listAudit: (query) => translated(listAudit(db, query)),
    checkAudit: () => translated(checkAudit(db, auditKey)),
    takeLease: (lease) => translated(takeLease(db, lease)),
    moveLease: (lease, position) => translated(moveLease(db, lease, position)),
    leaseProgress: (name) => translated(leaseProgress(db, name)),
    releaseLease: (lease) => translated(releaseLease(db, lease)),
  }
}

function platformVerbs(db: Connection): Pick<StoreSession, 'leaseState' | 'workBacklog' | 'listGateways'> {
  return {
    leaseState: (name) => translated(leaseState(db, name)),
    workBacklog: () => translated(workBacklog(db)),
    listGateways: () => translated(listGateways(db)),
  }
}

function rightsVerbs(db: Connection): Pick<StoreSession, 'loadRightsPlace' | 'loadRights'> {
  return {
    loadRightsPlace: (tenant) => translated(loadRightsPlace(db, tenant)),
    loadRights: () => translated(loadRights(db)),
  }
}

/** The promise, with failures of the connection as `database-unavailable`. */
export async function translated<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (error) {
    throw databaseErrorOf(error)
  }
}
