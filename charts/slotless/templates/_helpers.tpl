{{- define "slotless.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{/* The release's name where it says what this is, else both. 50 characters leave room for what is appended. */}}
{{- define "slotless.fullname" -}}
{{- $name := include "slotless.name" . -}}
{{- $full := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- .Values.fullnameOverride | default $full | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "slotless.webhook" -}}
{{- include "slotless.fullname" . }}-webhook
{{- end -}}

{{/* Immutable in a Deployment: commonLabels stay out. */}}
{{- define "slotless.selectorLabels" -}}
app.kubernetes.io/name: {{ include "slotless.name" . }}-webhook
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "slotless.labels" -}}
{{ include "slotless.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: slotless
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Of an object that somebody else's operator finds: labels from values win. Takes the root and these labels. */}}
{{- define "slotless.labelsWith" -}}
{{- merge (dict) .labels (include "slotless.labels" .root | fromYaml) | toYaml -}}
{{- end -}}

{{- define "slotless.priorityClass" -}}
{{- .Values.priorityClass.create | ternary (include "slotless.webhook" .) .Values.priorityClass.name -}}
{{- end -}}

{{/* One of selfManaged, certManager and secret; refuses what belongs to another one, for it would have no effect. */}}
{{- define "slotless.certificateSource" -}}
{{- $source := .Values.certificate.source -}}
{{- if and .Values.certificate.certManager.issuerRef (ne $source "certManager") -}}
{{- fail (printf "certificate.certManager.issuerRef is set, but certificate.source is %s" $source) -}}
{{- end -}}
{{- with .Values.certificate.secret -}}
{{- if eq $source "secret" -}}
{{- $_ := required "certificate.secret.name is needed where certificate.source is secret" .name -}}
{{- $_ := required "certificate.secret.caBundle is needed where certificate.source is secret" .caBundle -}}
{{- else if or .name .caBundle -}}
{{- fail (printf "certificate.secret is set, but certificate.source is %s" $source) -}}
{{- end -}}
{{- end -}}
{{- $source -}}
{{- end -}}

{{/* The Secret that is mounted; a self-managed one is not. */}}
{{- define "slotless.certificateSecret" -}}
{{- eq .Values.certificate.source "secret" | ternary .Values.certificate.secret.name (printf "%s-tls" (include "slotless.webhook" .)) -}}
{{- end -}}

{{/* What both webhooks share: everything but which pods they are called for. */}}
{{- define "slotless.admission" -}}
admissionReviewVersions: [v1]
sideEffects: None
failurePolicy: {{ .Values.admission.failurePolicy }}
timeoutSeconds: {{ .Values.admission.timeoutSeconds }}
reinvocationPolicy: IfNeeded
matchPolicy: Equivalent
rules:
  - apiGroups: [""]
    apiVersions: [v1]
    operations: [CREATE]
    resources: [pods]
    scope: Namespaced
clientConfig:
  service:
    name: {{ include "slotless.webhook" . }}
    namespace: {{ .Release.Namespace }}
    path: /mutate
    port: 443
  {{- /* The others write it themselves: it must not be here, or each upgrade would take it away. */}}
  {{- if eq (include "slotless.certificateSource" .) "secret" }}
  caBundle: {{ .Values.certificate.secret.caBundle | b64enc }}
  {{- end }}
{{- end -}}

{{- define "slotless.notExcluded" -}}
- key: kubernetes.io/metadata.name
  operator: NotIn
  values: {{ append .Values.admission.excludedNamespaces .Release.Namespace | uniq | toJson }}
{{- end -}}
