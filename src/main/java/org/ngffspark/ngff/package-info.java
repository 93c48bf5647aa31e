/**
 * OME-NGFF metadata 0.4 and 0.5: multiscale images, labels, plates and wells, read and written with
 * unknown fields kept. Knows where arrays lie, never opens them.
 */
package org.ngffspark.ngff;
