/** The API {@code redis.aeraki.io/v1alpha1}: Aeraki Mesh's, field for field, and what we add to it. */
@NullMarked
package io.slotless.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
