/**
 * What images/layers needs to build an image and no shell can, the modules of its runtime and the training run; and what lets
 * a program run as in its image, without one.
 */
@NullMarked
package io.slotless.image;

import org.jspecify.annotations.NullMarked;
