/** Slotless on a real API server: kube-apiserver and etcd as processes. Run by {@code ./mvnw -Pkube verify} only. */
@NullMarked
package io.slotless.kube;

import org.jspecify.annotations.NullMarked;
