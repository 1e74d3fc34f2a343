// The live stream. The browser reconnects by itself and names the last event it had; the service goes on from there.

/**
 * Follows events after `after`. `onEvent` gets each one, `onReset` means that events were missed and all must be loaded
 * anew, `onState` gets `live` or `waiting`.
 */
export function follow(after, { onEvent, onReset, onState }) {
  const source = new EventSource(`/api/v1/events?after=${after}`);
  source.onopen = () => onState('live');
  source.onmessage = message => onEvent(JSON.parse(message.data));
  source.addEventListener('reset', () => onReset());
  source.onerror = () => {
    onState('waiting');
    // A refusal (503: too many streams) ends an EventSource for good.
    if (source.readyState === EventSource.CLOSED) {
      source.close();
      setTimeout(onReset, 5000);
    }
  };
  return source;
}
