/** Plain JDBC with as little ceremony as it takes: one transaction for a batch, statements prepared once in it. */
@NullMarked
package org.pxemesh.statusservice.sql;

import org.jspecify.annotations.NullMarked;
