/// What must be true of the dashboard's files before anybody opens them in a browser.
@NullMarked
package dev.rollcall.site;

import org.jspecify.annotations.NullMarked;
