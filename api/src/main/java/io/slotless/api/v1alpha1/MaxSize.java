package io.slotless.api.v1alpha1;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The most characters that a text may have, or items that a list may have; in the schema {@code maxLength}, {@code maxItems}. */
@Documented
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
public @interface MaxSize {

    /** The size that is still allowed. */
    int value();
}
