package dev.rollcall.store;

import dev.rollcall.core.check.CheckId;
import dev.rollcall.core.project.ChannelId;

/// From one check to one of its channels. What goes along it is told in the order of the flips.
public record Route(CheckId check, ChannelId channel) {}
