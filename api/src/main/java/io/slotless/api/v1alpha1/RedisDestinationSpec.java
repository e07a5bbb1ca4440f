package io.slotless.api.v1alpha1;

/** What a user says about a Redis host. */
public class RedisDestinationSpec {}
