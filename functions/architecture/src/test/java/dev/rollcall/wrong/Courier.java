package dev.rollcall.wrong;

import java.net.http.HttpClient;

record Courier(HttpClient client) {}
