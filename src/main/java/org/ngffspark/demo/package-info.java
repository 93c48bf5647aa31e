/** Sample data that look like fluorescence microscopy, the same for the same seed. */
package org.ngffspark.demo;
