{{- define "charter.name" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "charter.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "charter.labels" -}}
{{ include "charter.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "charter.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "charter.secret" -}}
{{- if .Values.secrets.external.enabled -}}
{{ include "charter.name" . }}
{{- else -}}
{{ required "secrets.existingSecret: name the Secret with the audit key and the database's address, or enable secrets.external." .Values.secrets.existingSecret }}
{{- end -}}
{{- end }}

{{- define "charter.keySecret" -}}
{{- if .Values.secrets.external.enabled -}}
{{ include "charter.name" . }}-keys
{{- else -}}
{{ required "secrets.existingKeySecret: name the Secret with the keys that people's data are encrypted under." .Values.secrets.existingKeySecret }}
{{- end -}}
{{- end }}

{{- define "charter.migrationSecret" -}}
{{- if .Values.secrets.external.enabled -}}
{{ include "charter.name" . }}-migration
{{- else -}}
{{ required "migration.existingSecret: name the Secret with the address of a role that may change tables." .Values.migration.existingSecret }}
{{- end -}}
{{- end }}

{{/* What every pod is: nobody in particular, without a token of the cluster. */}}
{{- define "charter.pod" -}}
serviceAccountName: {{ include "charter.name" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* What every container is: one process that can write to nothing but its volumes. */}}
{{- define "charter.container" -}}
image: {{ include "charter.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
resources:
  {{- toYaml .Values.resources | nindent 2 }}
{{- end }}

{{/*
The settings of the service, secrets by the names of their files. The data folder lies within the volume, and is made by the
service: the volume itself is open to its group, which production refuses.
*/}}
{{- define "charter.settings" -}}
- name: CHARTER_MODE
  value: production
- name: CHARTER_HOST
  value: 0.0.0.0
- name: CHARTER_PORT
  value: "8000"
- name: CHARTER_DATA_FOLDER
  value: /var/lib/charter/data
- name: CHARTER_AUDIT_KEY_FILE
  value: /etc/charter/audit.key
- name: CHARTER_ENCRYPTION_KEYS
  value: /etc/charter-keys
{{- if eq .Values.database "sqlite" }}
- name: CHARTER_DATABASE
  value: sqlite:////var/lib/charter/data/charter.db
{{- else }}
- name: CHARTER_DATABASE_FILE
  value: /etc/charter/database
- name: CHARTER_POOL_SIZE
  value: {{ .Values.settings.poolSize | quote }}
{{- end }}
- name: CHARTER_TOKEN_ISSUER
  value: {{ .Values.settings.tokenIssuer | quote }}
- name: CHARTER_TOKEN_AUDIENCE
  value: {{ .Values.settings.tokenAudience | quote }}
- name: CHARTER_TOKEN_KEYS
  value: {{ .Values.settings.tokenKeys | quote }}
- name: CHARTER_OPERATORS
  value: {{ join "," .Values.settings.operators | quote }}
- name: CHARTER_TRUSTED_PROXIES
  value: {{ join "," .Values.settings.trustedProxies | quote }}
- name: CHARTER_DOCUMENTATION_ON
  value: {{ .Values.settings.documentationOn | quote }}
{{- end }}

{{- define "charter.mounts" -}}
- name: secrets
  mountPath: /etc/charter
  readOnly: true
- name: keys
  mountPath: /etc/charter-keys
  readOnly: true
- name: data
  mountPath: /var/lib/charter
- name: scratch
  mountPath: /tmp
{{- end }}

{{/* Files of secrets that the group alone can read: the volume's group is the container's. */}}
{{- define "charter.volumes" -}}
- name: secrets
  secret:
    secretName: {{ include "charter.secret" . }}
    defaultMode: 0440
    items:
      - key: audit.key
        path: audit.key
      {{- if ne .Values.database "sqlite" }}
      - key: database
        path: database
      {{- end }}
- name: keys
  secret:
    secretName: {{ include "charter.keySecret" . }}
    defaultMode: 0440
- name: data
  {{- if eq .Values.database "sqlite" }}
  persistentVolumeClaim:
    claimName: {{ include "charter.name" . }}-data
  {{- else }}
  emptyDir:
    sizeLimit: 16Mi
  {{- end }}
- name: scratch
  emptyDir:
    sizeLimit: 64Mi
{{- end }}

{{/* What checkpoints of the audit trail take: for the clock, and nobody else. */}}
{{- define "charter.checkpointSettings" -}}
- name: CHARTER_CHECKPOINT_FOLDERS
  value: /var/lib/checkpoints/1,/var/lib/checkpoints/2
- name: CHARTER_CHECKPOINT_KEY_FILE
  value: /etc/checkpoints/checkpoint.key
{{- end }}

{{- define "charter.checkpointMounts" -}}
- name: checkpoint-key
  mountPath: /etc/checkpoints
  readOnly: true
{{- range $index, $class := .Values.checkpoints.storageClasses }}
- name: checkpoints-{{ add1 $index }}
  mountPath: /var/lib/checkpoints/{{ add1 $index }}
{{- end }}
{{- end }}

{{- define "charter.checkpointVolumes" -}}
- name: checkpoint-key
  secret:
    secretName: {{ include "charter.secret" . }}
    defaultMode: 0440
    items:
      - key: checkpoint.key
        path: checkpoint.key
{{- range $index, $class := .Values.checkpoints.storageClasses }}
- name: checkpoints-{{ add1 $index }}
  persistentVolumeClaim:
    claimName: {{ include "charter.name" $ }}-checkpoints-{{ add1 $index }}
{{- end }}
{{- end }}
