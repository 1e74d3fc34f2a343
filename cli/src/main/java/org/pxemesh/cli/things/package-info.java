/** Sites, collections, computers, policies and deployments: made, listed, shown, deleted alike. */
@NullMarked
package org.pxemesh.cli.things;

import org.jspecify.annotations.NullMarked;
