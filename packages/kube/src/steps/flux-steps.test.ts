// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { condition, SINCE, seen } from '../../test/seen-objects.ts'
import { appliedJudgement, commitOfRevision, fluxJudgement, releasedJudgement, sourceJudgement } from './flux-steps.ts'

const OURS = 'b'.repeat(40)
const OLDER = 'a'.repeat(40)
const hasCommit = (commit: string) => commit === OURS
const LOOKING = condition('Ready', 'Unknown', 'Progressing', 'Reconciliation in progress', 1)
const TIMED_OUT = "health check failed after 5m0.1s: timeout waiting for: [Kafka/kaas-shop/shop status: 'InProgress']"
const INVALID =
  'KafkaTopic/kaas-shop/a dry-run failed (Invalid): spec.partitions: Invalid value: 0: should be greater than or equal to 1'

test.each([
  ['nothing yet', undefined, 'waiting', 'NotCreated'],
  ['no status', {}, 'running', 'NotObserved'],
  ['the status that new objects are born with', { observedGeneration: -1 }, 'running', 'NotObserved'],
  ['being looked at', { conditions: [LOOKING] }, 'running', 'Progressing'],
  ['ready', applied(OURS), 'done', 'ReconciliationSucceeded'],
  ['ready with an older commit', applied(OLDER), 'running', 'OlderRevision'],
  ['ready, but of an older generation', { ...applied(OURS), observedGeneration: 0 }, 'running', 'NotObserved'],
  [
    'waiting for what it depends on',
    failed('DependencyNotReady', "dependency 'kaas-shop/shop-kafka' is not ready"),
    'waiting',
    'DependencyNotReady',
  ],
  [
    'waiting for its source',
    failed('ArtifactFailed', 'Source artifact not found, retrying in 30s'),
    'waiting',
    'ArtifactFailed',
  ],
  [
    'our commit applied and an archive of a newer one that cannot be had',
    { ...applied(OURS), ...failed('ArtifactFailed', 'failed to download archive: 500'), observedGeneration: 1 },
    'done',
    'Applied',
  ],
  [
    'our commit applied, and no way to go on',
    { ...applied(OURS), conditions: [LOOKING, condition('Stalled', 'True', 'AccessDenied', 'No.', 1)] },
    'failed',
    'AccessDenied',
  ],
  ['source that cannot be had', failed('ArtifactFailed', 'failed to download archive: 500'), 'failed', 'ArtifactFailed'],
  ['a health check that ran out of time', failed('HealthCheckFailed', TIMED_OUT), 'running', 'HealthCheckFailed'],
  [
    'objects that cannot become healthy, which have steps of their own',
    failed('HealthCheckFailed', "failed early due to stalled resources: [Kafka/kaas-shop/shop status: 'Failed']"),
    'running',
    'HealthCheckFailed',
  ],
  ['refused by the API server', failed('ReconciliationFailed', INVALID), 'failed', 'ReconciliationFailed'],
  ['files that cannot be built', failed('BuildFailed', 'kustomize build failed: not found'), 'failed', 'BuildFailed'],
  [
    'health checks cut off by a new commit',
    failed('HealthCheckCanceled', 'New reconciliation triggered by GitRepository'),
    'running',
    'HealthCheckCanceled',
  ],
])('a Kustomization with %s', (_, status, state, reason) => {
  const object = status === undefined ? undefined : seen('Kustomization', 'shop-kafka', { status })
  expect(appliedJudgement(object, hasCommit, 'Kustomization shop-kafka')).toMatchObject({ state, reason })
})

test('a failed Kustomization shows the words of the API server and since when', () => {
  const object = seen('Kustomization', 'shop-access', { status: failed('ReconciliationFailed', INVALID) })
  expect(appliedJudgement(object, hasCommit, '')).toEqual({
    state: 'failed',
    reason: 'ReconciliationFailed',
    message: INVALID,
    since: SINCE,
  })
})

test('a failure of the form before does not stand in the way of the form that comes', () => {
  const object = seen('Kustomization', 'shop-kafka', { generation: 2, status: failed('ReconciliationFailed', INVALID) })
  expect(appliedJudgement(object, hasCommit, '')).toMatchObject({ state: 'running', reason: 'NotObserved' })
})

test('what somebody suspended says so, since it never goes on by itself', () => {
  const object = seen('Kustomization', 'shop-kafka', { spec: { suspend: true }, status: applied(OURS) })
  expect(appliedJudgement(object, hasCommit, '')).toMatchObject({ state: 'failed', reason: 'Suspended' })
})

test.each([
  [
    'installed',
    [condition('Ready', 'True', 'InstallSucceeded', 'Helm install succeeded for release', 1)],
    'done',
    'InstallSucceeded',
  ],
  [
    'a chart that does not come',
    [condition('Ready', 'False', 'SourceNotReady', "HelmChart 'x' is not ready", 1)],
    'waiting',
    'SourceNotReady',
  ],
  [
    'a failed upgrade',
    [condition('Ready', 'False', 'UpgradeFailed', 'Helm upgrade failed: timed out', 1)],
    'failed',
    'UpgradeFailed',
  ],
  [
    'a retry, which tells why it was needed',
    [
      condition('Ready', 'Unknown', 'Progressing', 'reconciliation in progress', 1),
      condition('Reconciling', 'True', 'ProgressingWithRetry', 'Helm install failed: no such host', 1),
    ],
    'running',
    'ProgressingWithRetry',
  ],
  [
    'no retries left',
    [
      condition('Ready', 'False', 'InstallFailed', 'Helm install failed', 1),
      condition('Stalled', 'True', 'RetriesExceeded', 'Failed to install after 3 attempt(s)', 1),
    ],
    'failed',
    'RetriesExceeded',
  ],
])('a HelmRelease with %s', (_, conditions, state, reason) => {
  const release = seen('HelmRelease', 'bank-platform', { status: { conditions } })
  expect(fluxJudgement(release, 'HelmRelease bank-platform')).toMatchObject({ state, reason })
})

test.each([
  ['our commit', source(OURS), 'done', 'Fetched'],
  [
    'our commit, and a server that is away since',
    { ...source(OURS), ...failed('GitOperationFailed', 'dial tcp: timeout') },
    'done',
    'Fetched',
  ],
  ['an older commit', { ...source(OLDER), ...ready('stored artifact') }, 'running', 'OlderRevision'],
  [
    'a server that refuses',
    failed('AuthenticationFailed', "failed to checkout: authorization failed: 'user'"),
    'failed',
    'AuthenticationFailed',
  ],
  ['no status', {}, 'running', 'NotObserved'],
])('a GitRepository with %s', (_, status, state, reason) => {
  expect(sourceJudgement(seen('GitRepository', 'kaas', { status }), hasCommit, 'GitRepository kaas')).toMatchObject({
    state,
    reason,
  })
})

test.each([
  [`main@sha1:${OURS}`, OURS],
  [`sha1:${OURS}`, OURS],
  [`feature/a@sha1:${OURS}`, OURS],
  [OURS, OURS],
])('the commit in the revision %s is found', (revision, commit) => {
  expect(commitOfRevision(revision)).toBe(commit)
})

test.each([
  ['waits for the chart of a newer commit', condition('Ready', 'False', 'SourceNotReady', 'not ready', 1), 'True', 'done'],
  ['looks again', condition('Ready', 'Unknown', 'Progressing', 'reconciliation in progress', 1), 'True', 'done'],
  ['waits for its first chart', condition('Ready', 'False', 'SourceNotReady', 'not ready', 1), undefined, 'waiting'],
  ['tries again after a failure', condition('Ready', 'Unknown', 'Progressing', 'running', 1), 'False', 'running'],
  ['has failed to upgrade', condition('Ready', 'False', 'UpgradeFailed', 'timed out', 1), 'False', 'failed'],
])('an installed HelmRelease that %s', (_, ready, released, state) => {
  const conditions = [ready, ...(released === undefined ? [] : [condition('Released', released, 'Said', '', 1)])]
  const judge = (generation: number) =>
    releasedJudgement(seen('HelmRelease', 'bank-platform', { generation, status: { conditions } }), '').state
  expect(judge(1)).toBe(state)
  expect(judge(2), 'ordered anew').not.toBe('done')
})

function applied(commit: string): object {
  const revision = `main@sha1:${commit}`
  const message = `Applied revision: ${revision}`
  return {
    ...ready(message, 'ReconciliationSucceeded'),
    lastAppliedRevision: revision,
    lastAttemptedRevision: revision,
    observedGeneration: 1,
  }
}

function ready(message: string, reason = 'Succeeded'): object {
  return { observedGeneration: 1, conditions: [condition('Ready', 'True', reason, message, 1)] }
}

/** As the controllers do it: `status.observedGeneration` stays behind. */
function failed(reason: string, message: string): object {
  return { observedGeneration: -1, conditions: [condition('Ready', 'False', reason, message, 1)] }
}

function source(commit: string): object {
  return { artifact: { revision: `main@sha1:${commit}`, lastUpdateTime: SINCE } }
}
