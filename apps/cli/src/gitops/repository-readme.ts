// SPDX-License-Identifier: Apache-2.0
/** The README of a repository of tenants: what is what, who writes it, and how Flux is started. */

import type { FluxSource } from '@kaas/planner'

/** The text, for those who read the repository where Flux reads it. */
export function repositoryReadme({ url, branch, secretName = 'kaas' }: FluxSource): string {
  return `# The platform and its tenants

Flux applies this repository to the management cluster. kaas writes it; people change it by commits. Nothing in it is secret.

| path | what | who writes it |
|---|---|---|
| \`platform.yaml\` | what the platform offers: domain, zones, disks, Kafka version | you; kaas wrote the first one |
| \`platform/release.yaml\` | components of the management cluster and their values | you; kaas wrote the first one |
| \`platform/charts/\` | the charts that it installs | \`kaas gitops init\`, again with every new version of kaas |
| \`flux/system.yaml\` | what Flux reads and applies, in which order | \`kaas gitops init\` |
| \`flux/tenants/\`, \`namespaces/\`, \`infrastructure/clusters/\` | what Flux does for each tenant | the control plane, or \`kaas render\` |
| \`infrastructure/classes/\` | how Kubernetes clusters of tenants with \`isolation: cluster\` are made | \`kaas gitops init\` |
| \`tenants/<name>/tenant.yaml\` | the order of a tenant, its topics and users | you by a pull request, or the API: its field \`management\` says which |
| \`tenants/<name>/kafka/\`, \`access/\` | the objects that follow from it | the control plane, or \`kaas render\` |

## Start

With \`kubectl\` pointing at the management cluster, in a clone of this repository:

    flux install
    kubectl apply -f flux/system.yaml

Is the repository private, Flux needs a log-in between the two, the only thing that is not in Git:

    flux create secret git ${secretName} --url=${url} --username=git --password=TOKEN

Flux ends a wait when what it waits for is changed or deleted, instead of after up to half an hour, when it is told so:

    for each in kustomize-controller helm-controller; do
      kubectl patch deployment $each --namespace flux-system --type json --patch '[{"op": "add", "path": "/spec/template/spec/containers/0/args/-", "value": "--feature-gates=CancelHealthCheckOnNewRevision=true"}]'
    done

Flux then installs all the rest. \`flux get all --all-namespaces\` shows how far it is.

## Change

- A tenant that is managed by the API: \`kaas create\`, \`kaas scale\`, \`kaas edit\`. Each change is one commit on \`${branch}\`.
- A tenant that is managed in Git: change its \`tenant.yaml\` by a pull request. In its pipeline \`kaas render -f tenants --out . --check\` tells
  whether all files follow from the documents, \`kaas plan -f tenants/<name>/tenant.yaml\` what the change does and costs.

## Rebuild

The database of the control plane is lost: start an empty one and run \`kaas restore --from-git .\` here. The management cluster is lost:
make another one and do *Start* again.
`
}
