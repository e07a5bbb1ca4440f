/** RedisDestination and RedisService as an API server keeps them, for fabric8's client and its generator of CRDs. */
@NullMarked
package io.slotless.crd.v1alpha1;

import org.jspecify.annotations.NullMarked;
