package io.slotless.webhook.injection;

import java.util.Locale;

/** Why a pod was treated as it was: the one vocabulary of metric, event, log and warning. */
public enum Reason {
    INJECTED("injected"),
    NOT_ASKED("neither the pod nor its namespace asks for injection"),
    OPTED_OUT("the pod refuses injection"),
    BAD_INJECT_VALUE("not injected: slotless.io/inject must be \"true\" or \"false\""),
    EXCLUDED_NAMESPACE("not injected: pods of this namespace are never injected"),
    HOST_NETWORK("not injected: the pod uses the host's network, whose loopback it would share with the whole node"),
    MIRROR_POD("not injected: a mirror pod cannot be changed"),
    WINDOWS("not injected: the sidecar is for Linux pods"),
    ALREADY_INJECTED("already injected"),
    NAME_TAKEN("not injected: the pod has a container of its own with the sidecar's name"),
    IS_REDIS("not injected: the pod is the Redis itself, its Service selects it"),
    NO_HOSTS("not injected: no RedisDestination applies; create one or name hosts in slotless.io/hosts"),
    TOO_MANY_HOSTS("not injected: too many Redis hosts; choose some in slotless.io/hosts"),
    BAD_HOSTS("slotless.io/hosts must be a list like \"redis-cluster, sessions.redis:6380\""),
    BAD_OVERRIDE("invalid sidecar setting"),
    APP_SPEAKS_TLS("host not taken over, the app uses rediss://; use redis:// and set trafficPolicy.tls instead"),
    HAS_HOST_ALIAS("host not taken over, the pod's hostAliases already say where it is"),
    PORT_IN_USE("not injected: a container of the pod already has a port the sidecar must listen on"),
    PORT_NOT_SERVED("value left alone, its port is not taken over; name host:port in slotless.io/hosts"),
    NOT_A_LITERAL("slotless.io/rewrite-env names a variable that no container has as a literal value"),
    INIT_CONTAINERS_FIRST("init containers run before the sidecar here and do not reach Redis; needs Kubernetes 1.29"),
    UNKNOWN_ANNOTATION("unknown annotation ignored"),
    MISSED("not injected: the webhook was not reached when the pod was created"),
    OLDER_THAN_DESTINATION("not injected: the pod is older than the RedisDestination that applies to it"),
    NOT_A_POD_CREATION("only the creation of pods is looked at"),
    MALFORMED_REVIEW("the request is not an AdmissionReview of admission.k8s.io/v1"),
    REVIEW_TOO_LARGE("the AdmissionReview is too large"),
    UNSUPPORTED_MEDIA_TYPE("the request is not application/json"),
    REQUEST_TIMEOUT("the request did not arrive in time"),
    NOT_READY("the webhook has just started and does not know the cluster yet"),
    INTERNAL_ERROR("the webhook failed");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** The constant part of what a user is told. */
    public String text() {
        return text;
    }

    /** The name in metrics and logs, such as {@code host_network}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
