/** Which EFI programs nobody shall be given any more: UEFI's revocation lists and the administrator's own. */
@NullMarked
package org.pxemesh.packageservice.revocation;

import org.jspecify.annotations.NullMarked;
