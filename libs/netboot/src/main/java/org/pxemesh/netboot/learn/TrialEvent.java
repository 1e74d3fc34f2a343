package org.pxemesh.netboot.learn;

import org.pxemesh.netboot.pxe.ReplyForm;

/** What can happen to a client's trial; times are monotonic milliseconds. */
public sealed interface TrialEvent {

    /** The client asks. */
    record Discovered(FormPlan plan, long now) implements TrialEvent {}

    /** A peer answered it. */
    record Offered(ReplyForm form, long now) implements TrialEvent {}

    /** The peer that answered is gone. */
    record AnswererLeft() implements TrialEvent {}

    /** The client asked a DHCP server for its address, by broadcast. */
    record Requested(long now) implements TrialEvent {}

    /** The client asked port 4011, or for its boot program. */
    record Took(long now) implements TrialEvent {}
}
