package io.slotless.webhook.injection;

/** A Service of the cluster. */
public record ServiceName(String namespace, String name) {}
