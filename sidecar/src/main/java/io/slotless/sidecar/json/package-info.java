/** JSON and YAML, read as trees of values, one look at a time: no classes are learned, which costs memory and a part of each start. */
@NullMarked
package io.slotless.sidecar.json;

import org.jspecify.annotations.NullMarked;
