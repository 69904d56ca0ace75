// SPDX-License-Identifier: Apache-2.0
/**
 * Administration that needs rights on the whole cluster, which no user of a tenant has (design 6.1): ACLs, quotas, SCRAM users, sizes on
 * disk, moves of partitions, and the list of config resources. The gateway does it with its own identity, after the cluster says that the
 * user is an administrator of the tenant, and with question and answer limited to the tenant. Everything is answered here; nothing of it
 * is forwarded.
 */

import type { Api, RequestOf, ResponseInput } from '@kaas/kafka-protocol'
import {
  alterClientQuotas,
  alterUserScramCredentials,
  createAcls,
  deleteAcls,
  describeAcls,
  describeClientQuotas,
  describeLogDirs,
  describeUserScramCredentials,
  ERROR_CODES,
  listConfigResources,
  listPartitionReassignments,
} from '@kaas/kafka-protocol'
import type { Message, Step, StepContext, StepResult } from '../step.ts'
import { answerAlterClientQuotas } from './administration/answer-alter-client-quotas.ts'
import { answerAlterScramCredentials, usersIn } from './administration/answer-alter-scram-credentials.ts'
import { answerCreateAcls } from './administration/answer-create-acls.ts'
import { answerDeleteAcls } from './administration/answer-delete-acls.ts'
import { answerDescribeAcls } from './administration/answer-describe-acls.ts'
import { answerDescribeClientQuotas } from './administration/answer-describe-client-quotas.ts'
import { answerDescribeLogDirs } from './administration/answer-describe-log-dirs.ts'
import { answerDescribeScramCredentials } from './administration/answer-describe-scram-credentials.ts'
import { answerListConfigResources } from './administration/answer-list-config-resources.ts'
import { answerListReassignments } from './administration/answer-list-reassignments.ts'
import { isTenantAdministrator, NOT_ADMINISTRATOR } from './administration/tenant-administrator.ts'
import { isOffered } from './api-claims.ts'
import { reply } from './reply.ts'
import { type Failure, serviceFailure } from './service-failure.ts'

type Answer = (context: StepContext, request: Message) => Promise<StepResult>

const REFUSED: Failure = { errorCode: ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED, errorMessage: NOT_ADMINISTRATOR }

const ANSWERS: ReadonlyMap<number, Answer> = new Map([
  answerer(describeAcls, answerDescribeAcls, (_, failure) => ({ throttleTimeMs: 0, ...failure, resources: [] })),
  answerer(createAcls, answerCreateAcls, ({ creations }, failure) => ({
    throttleTimeMs: 0,
    results: creations.map(() => failure),
  })),
  answerer(deleteAcls, answerDeleteAcls, ({ filters }, failure) => ({
    throttleTimeMs: 0,
    filterResults: filters.map(() => ({ ...failure, matchingAcls: [] })),
  })),
  answerer(listConfigResources, answerListConfigResources, (_, { errorCode }) => ({
    throttleTimeMs: 0,
    errorCode,
    configResources: [],
  })),
  answerer(describeLogDirs, answerDescribeLogDirs, (_, { errorCode }) => ({ throttleTimeMs: 0, errorCode, results: [] })),
  answerer(listPartitionReassignments, answerListReassignments, (_, failure) => ({
    throttleTimeMs: 0,
    ...failure,
    topics: [],
  })),
  answerer(describeClientQuotas, answerDescribeClientQuotas, (_, failure) => ({
    throttleTimeMs: 0,
    ...failure,
    entries: null,
  })),
  answerer(alterClientQuotas, answerAlterClientQuotas, ({ entries }, failure) => ({
    throttleTimeMs: 0,
    entries: entries.map(({ entity }) => ({ ...failure, entity })),
  })),
  answerer(describeUserScramCredentials, answerDescribeScramCredentials, (_, failure) => ({
    throttleTimeMs: 0,
    ...failure,
    results: [],
  })),
  answerer(alterUserScramCredentials, answerAlterScramCredentials, (request, failure) => ({
    throttleTimeMs: 0,
    results: usersIn(request).map((user) => ({ user, ...failure })),
  })),
])

/** The step that administers with the gateway's identity. */
export function createAdministrationStep(): Step {
  return {
    name: 'administration',
    wants: (apiKey, apiVersion) => ({ request: isOffered(apiKey, apiVersion) && ANSWERS.has(apiKey), response: false }),
    request: (context, message) => ANSWERS.get(context.apiKey)?.(context, message) ?? { kind: 'forward', unchanged: true },
  }
}

/** Joins the two answers to an API: for administrators of the tenant, and for when it is not done. */
function answerer<A extends Api>(
  api: A,
  allowed: (context: StepContext, request: RequestOf<A>) => Promise<ResponseInput<A>>,
  notDone: (request: RequestOf<A>, failure: Failure) => ResponseInput<A>,
): readonly [number, Answer] {
  return [
    api.key,
    async (context, message) => {
      const request = message as RequestOf<A>
      try {
        if (await isTenantAdministrator(context)) return reply(api, await allowed(context, request))
        context.noteRefusal('not-allowed', NOT_ADMINISTRATOR)
        return reply(api, notDone(request, REFUSED))
      } catch (error) {
        return reply(api, notDone(request, serviceFailure(error)))
      }
    },
  ]
}
