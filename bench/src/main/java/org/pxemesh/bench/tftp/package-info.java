/** TFTP servers side by side: ours, dnsmasq, tftpd-hpa and atftpd with the same files and the same client. */
@NullMarked
package org.pxemesh.bench.tftp;

import org.jspecify.annotations.NullMarked;
