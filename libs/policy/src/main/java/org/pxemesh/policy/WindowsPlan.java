package org.pxemesh.policy;

import org.pxemesh.events.WindowsBoot;

/**
 * What a client that boots Windows PE gets beside its first program.
 *
 * @param program the boot program that asks nobody, to which the one that asks goes on
 * @param boot the package's files for the client's architecture
 * @param tftpBlockSize bytes that the boot manager shall ask for in a block, from the policy
 * @param tftpWindowSize blocks that it shall ask for in a window, from the policy
 */
public record WindowsPlan(String program, WindowsBoot boot, int tftpBlockSize, int tftpWindowSize) {}
