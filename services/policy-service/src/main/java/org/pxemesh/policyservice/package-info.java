/** Sites, collections, computers, policies and deployments over REST, as events on Kafka. */
@NullMarked
package org.pxemesh.policyservice;

import org.jspecify.annotations.NullMarked;
