/** Both programs against real Redis servers, through nothing but what a user can touch. */
package io.slotless.it;
