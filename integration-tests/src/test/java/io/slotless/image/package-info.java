/** The images: their content is built and started here as in a container; the Dockerfiles, which nothing here builds, are read. */
@NullMarked
package io.slotless.image;

import org.jspecify.annotations.NullMarked;
