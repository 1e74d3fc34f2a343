/** What branches learn of firmware and find in their segments, shared by HQ: real agents, services and sockets. */
@NullMarked
package org.pxemesh.lab.learning;

import org.jspecify.annotations.NullMarked;
