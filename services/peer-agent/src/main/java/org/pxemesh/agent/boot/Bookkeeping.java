package org.pxemesh.agent.boot;

import java.util.List;
import java.util.function.Supplier;
import org.pxemesh.agent.EventSink;
import org.pxemesh.events.Event;

/**
 * Where the boot side's edges leave what is to be told and is no answer: it is done after the answers, in the order in
 * which it came. An entry gives the events for HQ, and may write into the log. Safe for use by several threads.
 */
public interface Bookkeeping {

    /** Takes an entry that is never given up; the caller waits when very much is to be done already. */
    void enter(Supplier<List<Event>> entry);

    /** Takes an entry that strangers can cause without end, or gives it up when too much waits. */
    void enterIfRoom(Supplier<List<Event>> entry);

    /** Everything at once, by the caller itself. */
    static Bookkeeping direct(EventSink events) {
        return new Bookkeeping() {
            @Override
            public void enter(Supplier<List<Event>> entry) {
                events.publishAll(entry.get());
            }

            @Override
            public void enterIfRoom(Supplier<List<Event>> entry) {
                enter(entry);
            }
        };
    }
}
