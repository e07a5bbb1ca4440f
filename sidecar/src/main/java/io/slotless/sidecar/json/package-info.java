/** JSON and YAML, read as trees of values, one look at a time: no learning of classes, which would take a good part of a start. */
@NullMarked
package io.slotless.sidecar.json;

import org.jspecify.annotations.NullMarked;
