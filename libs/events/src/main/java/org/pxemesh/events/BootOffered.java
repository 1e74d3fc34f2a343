package org.pxemesh.events;

/**
 * The ranked responder answered.
 *
 * @param boot which boot, where, told by whom
 * @param attempt which DISCOVER of the client
 * @param rank of the responder for this client
 * @param replyForm BINL, PXE10, HTTPClient or iPXE
 * @param packageRef what it will boot
 * @param nbp first program
 * @param responder address that serves
 */
public record BootOffered(
        BootRef boot, int attempt, int rank, String replyForm, String packageRef, String nbp, String responder)
        implements Event {}
