{{/* Every variable of the control plane, for the pods and for the job of the migration. */}}
{{- define "control-plane.variables" -}}
KAAS_API_HOST: "0.0.0.0"
KAAS_API_PORT: {{ .Values.apiPort | quote }}
KAAS_DATABASE_URL_FILE: /run/kaas/secrets/database-url
KAAS_STATE_DIR: /var/lib/kaas
KAAS_TOKEN_FILE: /run/kaas/secrets/token
KAAS_GATEWAY_TOKEN_FILE: /run/kaas/secrets/gateway-token
KAAS_SECRETS_KEY_FILE: /run/kaas/secrets/secrets.key
{{- if .Values.kafkaClusters }}
KAAS_CLUSTERS_FILE: /etc/kaas/clusters.json
{{- end }}
{{- with .Values.bootstrapAddress }}
KAAS_BOOTSTRAP_ADDRESS: {{ . | quote }}
{{- end }}
{{- with .Values.git }}
{{- if .url }}
KAAS_GIT_URL: {{ .url | quote }}
KAAS_GIT_BRANCH: {{ .branch | quote }}
KAAS_GIT_POLL: {{ .poll | quote }}
{{- if .credentialsSecret.name }}
KAAS_GIT_CREDENTIALS_FILE: /run/kaas/secrets/git-credentials
{{- end }}
{{- if .sshSecret.name }}
KAAS_GIT_SSH_KEY_FILE: /run/kaas/secrets/git-key
KAAS_GIT_KNOWN_HOSTS_FILE: /etc/kaas/known_hosts
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.kubernetes.enabled }}
KAAS_KUBECONFIG_FILE: /etc/kaas/kubeconfig
{{- end }}
KAAS_EVENTS_KEPT: {{ .Values.eventsKept | quote }}
KAAS_AUDIT_KEPT: {{ .Values.auditKept | quote }}
KAAS_LOG_LEVEL: {{ .Values.logLevel }}
HOME: /var/lib/kaas
{{- range $name, $value := .Values.variables }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Files beside the secrets. */}}
{{- define "control-plane.files" -}}
{{- if .Values.kafkaClusters }}
clusters.json: {{ .Values.kafkaClusters | toJson | quote }}
{{- end }}
{{- if .Values.git.knownHosts }}
known_hosts: {{ printf "%s\n" .Values.git.knownHosts | quote }}
{{- end }}
{{- if .Values.kubernetes.enabled }}
# The API server of this cluster, as the pods' own service account. There is no secret in it: the token is a file.
kubeconfig: |
  apiVersion: v1
  kind: Config
  current-context: here
  contexts: [{name: here, context: {cluster: here, user: control-plane}}]
  clusters:
    - name: here
      cluster: {server: https://kubernetes.default.svc, certificate-authority: /run/kaas/kubernetes/ca.crt}
  users:
    - name: control-plane
      user: {tokenFile: /run/kaas/kubernetes/token}
{{- end }}
{{- end }}
