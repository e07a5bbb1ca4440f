package io.slotless.webhook.status;

import java.time.Duration;

/**
 * How much asking there is.
 *
 * @param sidecarPort where sidecars answer
 * @param period after which the same RedisDestination is looked at again, if there are not too many of them
 * @param perSecond the most RedisDestinations that are looked at in a second, however many there are; 10 at least
 * @param atOnce the most that are being looked at at the same time
 */
public record StatusSettings(int sidecarPort, Duration period, int perSecond, int atOnce) {}
