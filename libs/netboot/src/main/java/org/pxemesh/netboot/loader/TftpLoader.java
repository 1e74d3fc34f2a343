package org.pxemesh.netboot.loader;

/**
 * A boot loader that a machine fetches by TFTP.
 *
 * @param server its server's address
 * @param path in the served tree, without a leading slash
 */
public record TftpLoader(String server, String path) {}
