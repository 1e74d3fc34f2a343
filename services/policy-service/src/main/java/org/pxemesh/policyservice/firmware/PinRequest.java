package org.pxemesh.policyservice.firmware;

import org.jspecify.annotations.Nullable;

/**
 * Which form a firmware is to get.
 *
 * @param form binl, pxe10 or menu
 */
public record PinRequest(@Nullable String form) {}
