/// When a job is expected: simple periods, cron and OnCalendar expressions.
@NullMarked
package dev.rollcall.core.schedule;

import org.jspecify.annotations.NullMarked;
