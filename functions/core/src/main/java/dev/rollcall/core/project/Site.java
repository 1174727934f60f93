package dev.rollcall.core.project;

/// Where this installation is reached.
///
/// @param root where the dashboard and the API are, without a slash at the end
/// @param pingEndpoint what a ping URL begins with, with a slash at the end
public record Site(String root, String pingEndpoint) {}
