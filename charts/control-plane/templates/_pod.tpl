{{/* What Pod Security "restricted" asks for, and more, for the pods and the job alike. */}}
{{- define "control-plane.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "control-plane.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* All secrets as files in one folder. Takes a list: the root, and the Secret with the address of the database. 288 is 0440. */}}
{{- define "control-plane.secretsVolume" -}}
{{- $root := index . 0 }}
{{- $database := index . 1 }}
{{- with $root }}
name: secrets
projected:
  defaultMode: 288
  sources:
    - secret:
        name: {{ .Values.secretName }}
        items:
          - {key: token, path: token}
          - {key: gateway-token, path: gateway-token}
          - {key: secrets.key, path: secrets.key}
    - secret:
        name: {{ $database }}
        items: [{key: {{ .Values.database.key }}, path: database-url}]
    {{- with .Values.git.credentialsSecret }}
    {{- if .name }}
    - secret:
        name: {{ .name }}
        items: [{key: {{ .key }}, path: git-credentials}]
    {{- end }}
    {{- end }}
    {{- with .Values.signIn.bootstrapPasswordSecret }}
    {{- if .name }}
    - secret:
        name: {{ .name }}
        items: [{key: {{ .key }}, path: bootstrap-password}]
    {{- end }}
    {{- end }}
    {{- range .Values.signIn.providers }}
    {{- $id := .id }}
    {{- with .clientSecret }}
    - secret:
        name: {{ .name }}
        items: [{key: {{ .key }}, path: provider-{{ $id }}}]
    {{- end }}
    {{- end }}
    {{- with .Values.audit.kubernetes.tokenSecret }}
    {{- if .name }}
    - secret:
        name: {{ .name }}
        items: [{key: {{ .key }}, path: kubernetes-audit-token}]
    {{- end }}
    {{- end }}
    {{- with .Values.git.sshSecret }}
    {{- if .name }}
    - secret:
        name: {{ .name }}
        items: [{key: {{ .key }}, path: git-key}]
    {{- end }}
    {{- end }}
{{- end }}
{{- end }}

{{- define "control-plane.placement" -}}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
