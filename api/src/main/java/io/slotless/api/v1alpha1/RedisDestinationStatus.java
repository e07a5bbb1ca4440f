package io.slotless.api.v1alpha1;

/** What we say about a Redis host. */
public class RedisDestinationStatus {}
