/** Sites and their networks over REST. */
@NullMarked
package org.pxemesh.policyservice.site;

import org.jspecify.annotations.NullMarked;
