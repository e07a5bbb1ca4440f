/** The benchmark of admissions: how long the API server would wait for the webhook. */
@NullMarked
package io.slotless.benchmark.admission;

import org.jspecify.annotations.NullMarked;
