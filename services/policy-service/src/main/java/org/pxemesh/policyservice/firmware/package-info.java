/** What is known of boot clients' firmware: gathered from the sites, told to all, pinned and reverted by people. */
@NullMarked
package org.pxemesh.policyservice.firmware;

import org.jspecify.annotations.NullMarked;
