// SPDX-License-Identifier: Apache-2.0
/** `kaas gitops init`: the repository of tenants as Flux and the control plane want it, by one commit. Again says unchanged. */
import { KaasError } from '@kaas/errors'
import type { TenantRepository } from '@kaas/gitops'
import type { FluxSource } from '@kaas/planner'
import { type GitOptions, withRepository } from '../git-options.ts'
import { initialFiles, OUR_FOLDERS } from '../gitops/initial-files.ts'
import { type Flavour, type Provider, platformTemplate } from '../gitops/platform-template.ts'
import { loadPlatformText, parsePlatform } from '../platform-file.ts'
import type { Session } from '../session.ts'

/** Options of `gitops init`. */
export interface GitopsInitOptions extends GitOptions {
  readonly repo: string
  readonly platform?: string
  readonly provider: Provider
  readonly flavour?: Flavour
  readonly account?: string
  readonly region?: string
  readonly domain?: string
  readonly email?: string
  readonly fluxUrl?: string
  readonly fluxSecret?: string
  readonly dryRun?: boolean
}

const PLATFORM = 'platform.yaml'

/** Writes what differs. Files of the operator that are there already stay as they are; `--platform` replaces `platform.yaml`. */
export async function gitopsInitCommand(session: Session, options: GitopsInitOptions): Promise<void> {
  checkFlavour(options.provider, options.flavour)
  const given = options.platform === undefined ? undefined : loadPlatformText(options.platform)
  if (given !== undefined) parsePlatform(given, options.platform ?? PLATFORM)
  await withRepository(options.repo, options, async (repository) => {
    await repository.fetch()
    const change = await changeOf(repository, given, options)
    if (options.dryRun === true) return say(session, change, options)
    const request = { message: MESSAGE, files: async () => (await changeOf(repository, given, options)).files }
    const outcome = await repository.commit(request)
    if (outcome.kind === 'unchanged') return session.terminal.out(`${options.repo} unchanged\n`)
    say(session, change, options)
    session.terminal.out(`${options.repo} has it as commit ${outcome.commit.slice(0, 12)} on ${options.branch}\n`)
    sayNext(session, change.madePlatform && options.domain === undefined, options)
  })
}

const MESSAGE = `Lay out the platform and its tenants

By kaas gitops init.
`

interface Change {
  readonly files: ReadonlyMap<string, string | undefined>
  readonly kinds: ReadonlyMap<string, 'created' | 'changed' | 'removed'>
  /** Whether `platform.yaml` is ours, to be looked through by the operator. */
  readonly madePlatform: boolean
}

/** Read anew when somebody else pushed meanwhile. */
async function changeOf(
  repository: TenantRepository,
  given: string | undefined,
  options: GitopsInitOptions,
): Promise<Change> {
  const stored = await repository.read(PLATFORM)
  const text = given ?? stored ?? platformTemplate(options)
  const { provider, region, email } = options
  const platform = parsePlatform(text, `${PLATFORM} of ${options.repo}`)
  const { once, ours } = initialFiles(platform, { provider, region, email, source: sourceOf(options) })
  const files = new Map<string, string | undefined>()
  const kinds = new Map<string, 'created' | 'changed' | 'removed'>()
  for (const [path, wanted] of [[PLATFORM, text] as const, ...once, ...ours]) {
    const before = await repository.read(path)
    if (before === wanted || (before !== undefined && once.has(path))) continue
    files.set(path, wanted)
    kinds.set(path, before === undefined ? 'created' : 'changed')
  }
  for (const path of (await Promise.all(OUR_FOLDERS.map((folder) => repository.list(folder)))).flat()) {
    if (ours.has(path)) continue
    files.set(path, undefined)
    kinds.set(path, 'removed')
  }
  return { files, kinds, madePlatform: given === undefined && stored === undefined }
}

/** A log-in that we need, Flux needs as well. */
function sourceOf({ repo, branch, fluxUrl, fluxSecret, credentialsFile, sshKeyFile }: GitopsInitOptions): FluxSource {
  const isPrivate = credentialsFile !== undefined || sshKeyFile !== undefined
  return { url: fluxUrl ?? repo, branch, secretName: fluxSecret ?? (isPrivate ? 'kaas' : undefined) }
}

function say({ terminal }: Session, { kinds }: Change, { dryRun, repo }: GitopsInitOptions): void {
  const would = dryRun === true ? 'would be ' : ''
  const shown = dryRun === true ? kinds : withoutInside(kinds)
  for (const [path, kind] of [...shown].toSorted()) terminal.out(`${would}${kind} ${path}\n`)
  if (dryRun === true && kinds.size === 0) terminal.out(`${repo} unchanged\n`)
}

/** The many files of our folders as one line each. */
function withoutInside(kinds: Change['kinds']): ReadonlyMap<string, string> {
  const folderOf = (path: string) => OUR_FOLDERS.find((folder) => path.startsWith(`${folder}/`))
  const single = [...kinds].filter(([path]) => folderOf(path) === undefined)
  const counts = OUR_FOLDERS.flatMap((folder) => {
    const count = [...kinds.keys()].filter((path) => folderOf(path) === folder).length
    return count === 0 ? [] : [[`${folder}/`, `wrote ${count} files below`] as const]
  })
  return new Map([...single, ...counts])
}

function sayNext({ terminal }: Session, madePlatform: boolean, { repo, branch }: GitopsInitOptions): void {
  const look = 'change the domain in platform.yaml and in platform/release.yaml'
  terminal.err(
    [
      ...(madePlatform ? [`Next, in a clone of it, ${look}, and push. Then:`] : ['Next, in a clone of it:']),
      '  flux install',
      '  kubectl apply -f flux/system.yaml',
      'turn on the feature gate CancelHealthCheckOnNewRevision of Flux by the command in README.md (without it a deletion may wait half an hour),',
      `and start the control plane with KAAS_GIT_URL=${repo} KAAS_GIT_BRANCH=${branch}. README.md says more.`,
      '',
    ].join('\n'),
  )
}

/** Flavours belong to clouds. Throws `usage-invalid` for what is not offered. */
function checkFlavour(provider: Provider, flavour: string | undefined): void {
  if (provider === 'aws' || flavour === undefined) return
  throw new KaasError('usage-invalid', {
    message: `There is no flavour ${flavour} without a cloud.`,
    help: 'Leave out --flavour, or add --provider aws.',
  })
}
